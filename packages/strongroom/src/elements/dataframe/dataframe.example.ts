import { st } from "strongroom";

const flights = [
  {
    flight: "AS 1042",
    to: "San Francisco",
    scheduled: new Date("2026-06-01T06:15Z"),
    late: -3,
    share: 0.12,
    state: "On time",
  },
  {
    flight: "DL 2271",
    to: "Salt Lake City",
    scheduled: new Date("2026-06-01T06:40Z"),
    late: 26,
    share: 0.29,
    state: "Late",
  },
  {
    flight: "WN 388",
    to: "Oakland",
    scheduled: new Date("2026-06-01T07:05Z"),
    late: 4,
    share: 0.18,
    state: "On time",
  },
];

st.dataframe(flights, {
  title: "Flights",
  columnConfig: {
    flight: "Flight",
    to: "To",
    scheduled: { label: "Scheduled", format: "medium" },
    late: { label: "Late", format: "%d min" },
    share: { label: "Share late, 30 days", type: "progress", format: "percent" },
    state: { label: "State", type: "badge", colors: { "On time": "green", Late: "red" } },
  },
});
