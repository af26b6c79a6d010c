import { st } from "strongroom";

st.error("At most **1,440** minutes. Check the number, then send it again.");
