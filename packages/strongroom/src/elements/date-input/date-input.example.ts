import { st } from "strongroom";

const day = st.dateInput("Day", { value: "2026-06-14", minValue: "2026-06-01", maxValue: "2026-06-30" });
const [from, to] = st.dateInput("Between", { value: ["2026-06-01", null], help: "An empty end is open" });
st.text(`${day}; from ${from ?? "the beginning"} to ${to ?? "today"}`);
