import { st } from "strongroom";

const level = st.slider("Level", { minValue: 0, maxValue: 1_000_000, value: 0 });
st.metric("Level now", level);
if (st.button("Hog for 200 ms")) {
  const end = Date.now() + 200;
  while (Date.now() < end);
}
if (st.button("Loop for ever")) {
  for (;;);
}
