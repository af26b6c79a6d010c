import { st } from "strongroom";

const hidesCancelled = st.toggle("Leave out cancelled", { value: true });
st.text(hidesCancelled ? "17,952 flights" : "18,204 flights");
