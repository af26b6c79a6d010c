import { st } from "strongroom";

const file = st.fileUploader("Orders", { type: ["csv", "parquet"], maxUploadSize: 20 });
if (file === null) st.caption("Nothing leaves the memory of this server, and all of it goes with this tab.");
else st.text(`${file.name}: ${file.size} bytes, ${file.type}`);
