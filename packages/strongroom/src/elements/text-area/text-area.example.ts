import { st } from "strongroom";

const story = st.textArea("What happened", {
  placeholder: "Gate change, pushed back at 07:02",
  maxChars: 400,
});
st.text(story === "" ? "Nothing yet" : `${story.split(/\s+/).length} words`);
