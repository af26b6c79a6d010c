import { st } from "strongroom";

st.title("Below a path");
st.image("app/static/dot.png", { alt: "dot" });
st.image(
  new Uint8Array(
    Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    ),
  ),
  {
    alt: "made",
  },
);
st.text(`Warmth: ${10 + st.slider("Hours of sun", { maxValue: 16, value: 8 })} °C`);
const file = st.fileUploader("One file", { type: "txt" });
st.text(file === null ? "no file" : `${file.name} ${file.size}`);
st.downloadButton("Take it", "hello", { fileName: "hello.txt" });
