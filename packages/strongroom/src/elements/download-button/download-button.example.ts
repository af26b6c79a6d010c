import { st } from "strongroom";

const orders = "id,amount\n1,20\n2,35\n";
st.downloadButton("Save the orders", orders, { fileName: "orders.csv", icon: ":material/download:" });
st.downloadButton("Save a report", () => `Made at the click, of ${orders.length} characters.`, {
  fileName: "report.txt",
});
