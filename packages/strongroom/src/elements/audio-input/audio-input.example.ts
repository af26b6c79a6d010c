import { st } from "strongroom";

const message = st.audioInput("Your message");
st.text(message === null ? "Nothing said yet" : `${message.size} bytes of ${message.type}`);
