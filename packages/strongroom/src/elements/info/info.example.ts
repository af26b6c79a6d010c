import { st } from "strongroom";

st.info("Filters narrow everything on this page.", { title: "Good to know" });
