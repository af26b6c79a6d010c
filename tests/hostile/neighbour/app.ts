import { st } from "strongroom";

const level = st.slider("Level", { minValue: 0, maxValue: 1_000_000, value: 0 });
st.metric("Level now", level);
if (st.button("Loop for ever")) {
  for (;;);
}
if (st.button("Eat memory")) {
  const eaten: Buffer[] = [];
  for (;;) eaten.push(Buffer.alloc(16 * 1024 * 1024, eaten.length));
}
if (st.button("Eat heap")) {
  const eaten: number[][] = [];
  for (;;) eaten.push(Array.from({ length: 100_000 }, (_, index) => index + eaten.length));
}
