import { st } from "strongroom";

st.text("Shown as it is:\n  *no* Markdown, spaces kept.");
