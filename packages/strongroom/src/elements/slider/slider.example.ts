import { st } from "strongroom";

const delay = st.slider("Delay, minutes", { maxValue: 120, value: 15 });
const [from, to] = st.slider("Departure", { value: ["06:00", "19:00"], step: "30m" });
const day = st.slider("Day", { value: "2026-06-14" });
st.text(`At least ${delay} min late, from ${from} to ${to} on ${day}`);
