import { st } from "strongroom";

st.setPageConfig({ initialSidebarState: "locked" });
st.title("Second");

const rows = [
  { day: 1, sold: 3 },
  { day: 2, sold: 5 },
];
const high = { height: 320 } as const;
st.container(high).lineChart(rows, { x: "day", y: "sold", height: "stretch", alt: "Sold" });
st.container(high).table([...rows, ...rows, ...rows, ...rows, ...rows], { height: "stretch", alt: "All" });
st.container(high).metric("Sum", 8, { height: "stretch", border: true });
st.container(high).dataframe(rows, { height: "stretch", title: "Rows" });
