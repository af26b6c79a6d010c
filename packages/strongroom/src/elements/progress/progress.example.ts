import { st } from "strongroom";

const bar = st.progress(0, { text: "Reading flights…" });
bar.progress(0.64, { text: "Reading flights… 11,650 of 18,204" });
