import { st } from "strongroom";

const isLate = st.checkbox("Only late flights", {
  value: true,
  help: "More than **15 minutes** after schedule",
});
st.text(isLate ? "Late flights" : "All flights");
