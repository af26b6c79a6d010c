import { st } from "strongroom";

const elements = Number(st.queryParams.get("elements"));
const level = st.slider("Level", { minValue: 0, maxValue: 1_000_000, value: 0 });
st.metric("Level now", level);
for (let turn = 2; turn < elements; turn++)
  st.text(`Text ${turn}: the quick brown fox jumps over the lazy dog.`);
