import { st } from "strongroom";

st.json(
  {
    flight: "DL 2271",
    to: "Salt Lake City",
    late: 26,
    stops: [],
    crew: { seats: 4, names: ["Ada", "Grace"] },
  },
  { expanded: 2 },
);
