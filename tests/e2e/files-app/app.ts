import { st, type UploadedFile } from "strongroom";

const file = st.fileUploader("One file", { type: ["csv", "txt"], maxUploadSize: 1, key: "one" });
st.text(
  file === null ? "no file" : `${file.name} ${file.type} ${file.size} ${(await file.text()).slice(0, 40)}`,
);
if (file !== null) st.sessionState.basket = { file };
const basket = st.sessionState.basket as { file: UploadedFile } | undefined;
const kept = await basket?.file.text().catch((error: unknown) => String(error).slice(0, 60));
st.text(`kept: ${kept?.slice(0, 60) ?? "nothing"}`);
if (file?.type === "text/csv") {
  const rows = await file.csv();
  st.text(`rows: ${JSON.stringify(rows)}`);
}

const many = st.fileUploader("Many files", { acceptMultipleFiles: true });
st.text(`many: ${many.map(({ name }) => name).join(" ")}`);

const form = st.form("form");
const sent = form.fileUploader("In a form");
if (form.formSubmitButton("Send it")) form.text(`sent ${sent?.name ?? "nothing"}`);

st.downloadButton("Save it", "a,b\n1,2\n", { fileName: "saved.csv" });
const isMade = st.downloadButton(
  "Make it",
  async () => Promise.resolve(`made ${file?.name ?? "of nothing"}`),
  {
    fileName: "made.txt",
  },
);
st.text(isMade ? "made now" : "not made");

const picture = st.cameraInput("Your badge");
st.text(picture === null ? "no picture" : `${picture.name} ${picture.type}`);
const sound = st.audioInput("Your message");
st.text(sound === null ? "no sound" : `${sound.name} ${sound.type}`);
