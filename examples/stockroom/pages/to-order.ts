import { st } from "strongroom";
import { partsOf } from "../stock.ts";

st.setPageConfig({ pageTitle: "Stockroom", pageIcon: ":material/inventory_2:" });
st.title("To order");

const low = await partsOf({ search: "", categories: [], maker: null, onlyLow: true });
if (low.length === 0) {
  st.success("Nothing runs low.");
  st.stop();
}
// Up to three times the minimum: a shelf that lasts for weeks.
const orders = low
  .map(({ number, name, maker, stock, minimum, price }) => {
    const pieces = 3 * minimum - stock;
    return { maker, number, name, stock, minimum, pieces, cost: pieces * price };
  })
  .sort((a, b) => a.maker.localeCompare(b.maker));
st.markdown(":gray[What runs low, filled up to three times its minimum.]");
const [parts, makers, cost] = st.columns(3);
parts.metric("Parts", orders.length, { border: true });
makers.metric("Makers", new Set(orders.map(({ maker }) => maker)).size, { border: true });
cost.metric("Cost", Math.round(orders.reduce((sum, order) => sum + order.cost, 0)), {
  format: "dollar",
  border: true,
});
st.dataframe(orders, {
  title: "What to order",
  height: "content",
  columnConfig: {
    maker: "Maker",
    number: "Number",
    name: "Part",
    stock: "On the shelf",
    minimum: "Minimum",
    pieces: "To order",
    cost: { label: "Cost", format: "$%.2f" },
  },
});
