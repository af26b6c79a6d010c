import { st } from "strongroom";

st.container(
  () => {
    st.subheader("Flights");
    st.button("Download");
  },
  { border: true, horizontal: true, horizontalAlignment: "distribute", verticalAlignment: "center" },
);
