import { st } from "strongroom";

st.expander("How is this measured?", (body) => {
  body.markdown("Late means more than **15 minutes** after the scheduled hour.");
});
