import { st } from "strongroom";

const minutes = st.numberInput("Minutes late", { minValue: 0, maxValue: 1_440, value: 25 });
const weight = st.numberInput("Weight", { minValue: 0, value: 12.5, step: 0.5, format: "%.1f kg" });
const gate = st.numberInput("Gate", { value: null, placeholder: "None yet" });
st.text(`${minutes} min, ${weight} kg, gate ${gate ?? "unknown"}`);
