import { st } from "strongroom";

const [departures, onTime, delay] = st.columns(3);
departures?.metric("Departures", 18_204, {
  delta: "4.1 %",
  deltaDescription: "on May",
  chartData: [14, 15, 15, 16, 15, 17, 18],
  border: true,
});
onTime?.metric("On time", 0.816, { format: "percent", delta: 0.023, border: true });
delay?.metric("Median delay", "11 min", { delta: "2 min", deltaColor: "inverse", border: true });
