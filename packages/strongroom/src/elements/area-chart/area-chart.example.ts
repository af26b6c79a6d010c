import { st } from "strongroom";

const hours = Array.from({ length: 24 }, (_, hour) => ({
  hour,
  Sun: Math.max(0, 40 * Math.sin((hour - 6) / 3.8)),
  Wind: 18 + 6 * Math.cos(hour / 3),
}));

st.areaChart(hours, { x: "hour", stack: true, title: "Power", caption: "GW through one day", border: true });
