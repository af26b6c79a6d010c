import { st } from "strongroom";

const details = st.expander("How is this measured?");
details.markdown("Late means more than **15 minutes** after the scheduled hour.");
