import { st } from "strongroom";

const months = Array.from({ length: 12 }, (_, month) => ({
  month: new Date(Date.UTC(2026, month)),
  Lisbon: 16 + 7 * Math.sin((month - 3) / 1.9),
  Oslo: 6 + 12 * Math.sin((month - 3) / 1.9),
}));

st.lineChart(months, { title: "Warmth", caption: "Mean by month, °C", format: "%.0f °C", border: true });
