import { st } from "strongroom";
import { payloads } from "./payloads.ts";

const from = Number(st.queryParams.get("from") ?? 0);
const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)"><script>alert(1)</script>
<image href="http://attacker.example/x.png"/><foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(1)"/></foreignObject></svg>`;

/** What is refused says so, and is no hole. */
function tried(show: () => void): void {
  try {
    show();
  } catch (error) {
    st.text(`Refused: ${String(error).length}`);
  }
}

if (from === 0) st.image(picture, { caption: payloads[1] ?? "", alt: payloads[0] ?? "" });
for (const [index, text] of payloads.slice(from, from + 15).entries()) {
  const key = `${from + index}`;
  const line = text.replaceAll("\n", " ");
  tried(() => st.title(text));
  tried(() => st.subheader(text, { help: text, divider: true }));
  tried(() => st.text(text));
  tried(() => st.caption(text));
  tried(() => st.markdown(text));
  tried(() => st.code(text, { language: "html" }));
  tried(() => st.json({ [text]: text }));
  tried(() => st.metric(line, line, { delta: line, help: text }));
  tried(() => st.table([{ [line]: text }]));
  tried(() => st.dataframe([{ [line]: text, more: 1 }]));
  tried(() => st.info(text, { title: line }));
  tried(() => st.error(text));
  tried(() => st.exception(new Error(text)));
  tried(() => st.progress(0.5, { text: line }));
  tried(() => void st.button(line, { key: `b${key}`, help: text }));
  tried(() => void st.textInput(line, { key: `t${key}`, value: line, placeholder: line, help: text }));
  tried(() => void st.selectbox(line, [line, text], { key: `s${key}` }));
  tried(() => void st.radio(line, [line], { key: `r${key}`, captions: [text] }));
  tried(() => void st.multiselect(line, [line], { key: `m${key}`, default: [line] }));
  tried(() => void st.checkbox(line, { key: `c${key}` }));
  tried(() => st.expander(line, { key: `e${key}`, expanded: true }).text(text));
  tried(() => st.barChart([{ [line]: text, n: 1 }], { x: line, y: "n" }));
  tried(() => st.image(picture, { link: text }));
  tried(() => void st.downloadButton(line, text, { key: `d${key}`, fileName: `${line}.txt` }));
}
st.text("The end.");
