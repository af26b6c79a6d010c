import { st } from "strongroom";

st.title("Files");
const orders = st.fileUploader("Orders", { type: ["csv", "xlsx"], maxUploadSize: 5 });
st.text(`orders: ${orders?.name ?? "none"}`);
const pictures = st.fileUploader("Pictures", { type: "image", acceptMultipleFiles: true });
st.text(`pictures: ${pictures.length}`);
const folder = st.fileUploader("A folder", { acceptMultipleFiles: "directory" });
const names = folder.map(({ name }) => name).toSorted();
st.text(`folder: ${names.join(" ")}`);
st.fileUploader("Not now", { disabled: true });
