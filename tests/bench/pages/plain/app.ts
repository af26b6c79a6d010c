import { st } from "strongroom";

st.title("Thirty-one elements");
const level = st.slider("Level", { minValue: 0, maxValue: 1_000_000, value: 0 });
st.metric("Level now", level);
for (let turn = 0; turn < 7; turn++) {
  st.metric(`Metric ${turn}`, turn * 1_000, { delta: turn });
  st.text(`Text ${turn}: the quick brown fox jumps over the lazy dog.`);
  st.checkbox(`Checkbox ${turn}`);
  st.markdown(`Markdown **${turn}** with \`code\` and a [link](https://example.com).`);
}
