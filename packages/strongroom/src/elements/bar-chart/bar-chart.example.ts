import { st } from "strongroom";

const late = [
  { airline: "Southwest", share: 0.27 },
  { airline: "Delta", share: 0.19 },
  { airline: "Alaska", share: 0.14 },
];

st.barChart(late, {
  title: "By airline",
  caption: "Share of departures more than 15 min late",
  horizontal: true,
  sort: "-share",
  format: "percent",
  border: true,
});
