import { st } from "strongroom";

const picture = st.cameraInput("Your badge", { resolution: "720p" });
st.text(picture === null ? "No picture yet" : `${picture.size} bytes of ${picture.type}`);
