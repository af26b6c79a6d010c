import { st } from "strongroom";

const region = st.selectbox("Region", ["EU", "US", "Asia"]);
const year = st.selectbox("Year", [2024, 2025, 2026], {
  index: null,
  formatFunc: (value) => `Year ${value}`,
});
const letters = Array.from({ length: 26 }, (_, index) => `Gate ${String.fromCodePoint(65 + index)}`);
const gate = st.selectbox("Gate", letters, { help: "Type to find one" });
st.text(`${region}, ${year ?? "no year"}, ${gate}`);
