import { st } from "strongroom";

const file = st.fileUploader("One file", { type: ["csv", "txt"], maxUploadSize: 1, key: "one" });
st.text(
  file === null ? "no file" : `${file.name} ${file.type} ${file.size} ${(await file.text()).slice(0, 40)}`,
);

const many = st.fileUploader("Many files", { acceptMultipleFiles: true });
st.text(`many: ${many.map(({ name }) => name).join(" ")}`);

const form = st.form("form");
const sent = form.fileUploader("In a form");
if (form.formSubmitButton("Send it")) form.text(`sent ${sent?.name ?? "nothing"}`);
