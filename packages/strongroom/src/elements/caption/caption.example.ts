import { st } from "strongroom";

st.caption("Updated **2 min ago** from the operations desk");
