import { st } from "strongroom";

const seat = st.radio("Seat", ["Window", "Aisle", "Any"], {
  captions: ["A or F", "C or D", "Whatever is free"],
});
const sort = st.radio("Sort by", ["time", "delay"], { horizontal: true, formatFunc: (by) => `by **${by}**` });
st.text(`${seat}, by ${sort}`);
