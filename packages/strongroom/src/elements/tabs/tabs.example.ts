import { st } from "strongroom";

const [chart, data] = st.tabs(["Chart", "Data"]);
chart.lineChart([3, 5, 4, 8]);
data.json([3, 5, 4, 8]);
