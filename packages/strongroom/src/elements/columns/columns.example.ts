import { st } from "strongroom";

const [left, right] = st.columns([2, 1], { border: true });
left.subheader("Delay through the day");
right.subheader("By airline");
