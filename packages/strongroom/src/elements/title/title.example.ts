import { st } from "strongroom";

st.title("Are we leaving on time?");
st.markdown("18,204 departures in June.");
