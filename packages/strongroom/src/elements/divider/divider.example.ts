import { st } from "strongroom";

st.text("Above");
st.divider();
st.text("Below");
