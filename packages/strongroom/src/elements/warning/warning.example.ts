import { st } from "strongroom";

st.warning("Figures of the last hour may still change.");
