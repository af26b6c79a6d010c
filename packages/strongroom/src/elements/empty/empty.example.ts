import { st } from "strongroom";

const slot = st.empty();
slot.text("Loading the flights…");
slot.success("18,204 flights loaded.");
