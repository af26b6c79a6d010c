import { st } from "strongroom";

const airlines = ["Alaska", "American", "Delta", "Southwest", "United"];
const chosen = st.multiselect("Airline", airlines, { default: ["Alaska", "Delta"], maxSelections: 3 });
st.text(chosen.length === 0 ? "No airline is chosen" : chosen.join(", "));
