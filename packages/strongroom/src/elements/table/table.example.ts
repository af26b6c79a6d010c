import { st } from "strongroom";

st.table(
  [
    { Plan: "**Free**", Seats: 3, "Per month": 0 },
    { Plan: "**Team**", Seats: 25, "Per month": 190 },
    { Plan: "**Company**", Seats: 400, "Per month": 2_150 },
  ],
  { rowHeader: "Plan", border: "horizontal" },
);
