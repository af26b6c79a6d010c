import { st } from "strongroom";

st.write("**Departures**:", 18_204);
st.write([
  { airline: "Alaska", late: 0.14 },
  { airline: "Delta", late: 0.19 },
]);
st.write({ from: "SEA", to: ["SFO", "OAK"] });
