import { st } from "strongroom";
import { partCard } from "./part-card.ts";
import { showSaid } from "./said.ts";
import { monthsOf, offers, partsOf, type Month, type Part } from "./stock.ts";

st.setPageConfig({ pageTitle: "Stockroom", pageIcon: ":material/inventory_2:" });

// What to look at. The filters stand in the address, so that a view can be sent to somebody.
const { categories: allCategories, makers } = await offers();
const side = st.sidebar;
side.caption("Filter");
const search = side.textInput("Search", {
  key: "search",
  bind: "query-params",
  type: "search",
  placeholder: "Name or number",
  maxChars: 60,
  live: true,
});
const categories = side.multiselect("Categories", allCategories, {
  key: "category",
  bind: "query-params",
  placeholder: "All",
});
const maker = side.selectbox("Maker", makers, {
  key: "maker",
  bind: "query-params",
  index: null,
  placeholder: "All",
});
const onlyLow = side.toggle("Only what runs low", { key: "low", bind: "query-params" });

st.title("Stockroom");
st.markdown(":gray[What a bicycle workshop has, what runs low, and where it went.]");
showSaid();

const parts = await partsOf({ search, categories, maker, onlyLow });
if (parts.length === 0) {
  st.info("No part fits these filters. Take one away, or search for less.");
  st.stop();
}

const low = parts.filter(({ stock, minimum }) => stock < minimum);
const value = valueOf(parts);
const months = await monthsOf(parts);
const worths = valuesBefore(value, months);
const rise = value - (worths.at(-2) ?? value);
const figure = { border: true, deltaArrow: "off", deltaColor: "off" } as const;
const [count, worth, short, taken] = st.columns(4);
count.metric("Parts", parts.length, {
  ...figure,
  delta: `${parts.reduce((sum, { stock }) => sum + stock, 0).toLocaleString("en")} pieces`,
});
worth.metric("Value on the shelves", Math.round(value), {
  ...figure,
  format: "dollar",
  ...(worths.length > 1 ? { chartData: worths } : {}),
  delta: Math.round(rise),
  deltaArrow: "auto",
  deltaDescription: "this month",
});
short.metric("Running low", low.length, {
  ...figure,
  delta: `${parts.filter(({ stock }) => stock === 0).length} out of stock`,
  help: "Fewer pieces on the shelf than the part's minimum.",
});
taken.metric("Taken out this month", months.at(-1)?.["Taken out"] ?? 0, {
  ...figure,
  ...(months.length > 1 ? { chartData: months.map((month) => month["Taken out"]), chartType: "bar" } : {}),
});

const byCategory = Object.entries(Object.groupBy(parts, ({ category }) => category))
  .map(([category, some = []]) => ({
    category,
    value: Math.round(valueOf(some)),
  }))
  .sort((a, b) => b.value - a.value);
const monthName = new Intl.DateTimeFormat("en", { month: "short", year: "2-digit", timeZone: "UTC" });
const [wide, narrow] = st.columns([3, 2]);
wide.barChart(
  months.map((row) => ({ ...row, month: monthName.format(new Date(`${row.month}-01`)) })),
  {
    x: "month",
    y: ["Taken out", "Put in"],
    color: ["primary", "orange"],
    title: "In and out",
    caption: "Pieces by month",
    stack: false,
    height: 330,
    border: true,
  },
);
narrow.barChart(byCategory, {
  x: "category",
  y: "value",
  horizontal: true,
  format: "dollar",
  title: "Where the money lies",
  caption: "Value on the shelves, by category",
  border: true,
});

const shown = parts.map((part) => ({
  ...part,
  state: part.stock === 0 ? "Out" : part.stock < part.minimum ? "Low" : "In stock",
}));
const { selection } = st.dataframe(shown, {
  key: "parts",
  // A part stays chosen when it is booked or changed; other parts begin without a choice.
  rowId: "number",
  title: "Parts",
  columnOrder: ["number", "name", "maker", "shelf", "stock", "state", "price"],
  columnConfig: {
    number: "Number",
    name: "Part",
    maker: "Maker",
    shelf: "Shelf",
    state: {
      label: "State",
      type: "badge",
      colors: { "In stock": "green", Low: "orange", Out: "red" },
    },
    stock: "Pieces",
    price: { label: "Price", format: "$%.2f" },
  },
  onSelect: "rerun",
  selectionMode: "single-row",
});
await partCard(parts[selection.rows[0] ?? -1]);

function valueOf(some: readonly Part[]): number {
  return some.reduce((sum, { stock, price }) => sum + stock * price, 0);
}

/** What the shelves held at the end of each month: today's value, less what has come since. */
function valuesBefore(today: number, all: readonly Month[]): number[] {
  let value = today;
  return all
    .toReversed()
    .map(({ worth }) => {
      const end = value;
      value -= worth;
      return Math.round(end);
    })
    .reverse();
}
