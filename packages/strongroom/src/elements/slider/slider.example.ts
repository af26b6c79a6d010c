import { st } from "strongroom";

const delay = st.slider("Delay, minutes", { maxValue: 120, value: 15 });
const [from, to] = st.slider("Departure", { maxValue: 24, value: [6, 19], format: "%02d:00" });
const day = st.slider("Day", { value: "2026-06-14" });
st.text(`At least ${delay} min late, from ${from} to ${to} o'clock on ${day}`);
