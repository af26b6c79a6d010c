import { st } from "strongroom";

st.image("app/static/dot.png", { alt: "A dot" });
st.markdown(
  "[The drawing](app/static/drawing.svg), [the page](app/static/page.html), [the letter](app/static/deep/letter.txt)",
);
