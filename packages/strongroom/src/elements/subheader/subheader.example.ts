import { st } from "strongroom";

st.subheader("By airline", { icon: ":material/flight:" });
st.caption("Share of departures more than 15 min late");
