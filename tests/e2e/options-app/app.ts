import { st } from "strongroom";

const dot = (color: string): string =>
  `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4.5" cy="4.5" r="4" fill="${color}"/></svg>`).toString("base64")}`;

const customers = [
  {
    name: "Ada",
    site: "https://ada.example.org/a",
    note: "paid **twice**",
    active: true,
    plan: "Team",
    tags: ["new", "vip"],
    seen: new Date("2026-06-01T09:30Z"),
    done: 0.8,
    sales: [3, 5, 4, 8],
    sign: dot("#0b7374"),
    act: ["Open", "Close"],
  },
  {
    name: "Grace",
    site: "https://grace.example.org/b",
    note: "$x^2$",
    active: false,
    plan: "Solo",
    tags: [],
    seen: new Date("2026-06-02T14:05Z"),
    done: 0.3,
    sales: [8, 4, 5, 3],
    sign: dot("#ba3630"),
    act: ["Open"],
  },
];

st.setPageConfig({
  pageTitle: "Options",
  pageIcon: ":material/home:",
  initialSidebarState: 300,
  menuItems: { getHelp: "https://example.org/help", about: "All **options**." },
});
st.title("Options");

const { selection } = st.dataframe(customers, {
  title: "Customers",
  key: "customers",
  onSelect: "rerun",
  selectionMode: ["multi-row", "multi-cell"],
  columnConfig: {
    act: { label: "Do", type: "button", key: "act" },
    site: { label: "Site", type: "link", displayText: /https:\/\/(.*?)\./ },
    note: { label: "Note", type: "markdown" },
    active: { label: "Active", type: "checkbox" },
    plan: { label: "Plan", type: "selectbox", colors: { Team: "blue" } },
    tags: { label: "Tags", type: "multiselect", color: "auto" },
    seen: { label: "Seen", type: "datetime", format: "D MMM, HH:mm" },
    done: { label: "Done", type: "progress", color: "auto" },
    sales: { label: "Sales", type: "areaChart" },
    sign: { label: "Sign", type: "image" },
  },
  columnOrder: ["name", "act", "site", "note", "active", "plan", "tags", "seen", "done", "sales", "sign"],
});
st.text(`chosen ${JSON.stringify(selection)}`);
st.text(`clicked ${JSON.stringify(st.sessionState["act"])}`);

const columns = st.dataframe(customers, {
  title: "Columns",
  onSelect: "rerun",
  selectionMode: "multi-column",
  columnOrder: ["name", "plan"],
});
st.text(`columns ${columns.selection.columns.join(" ")}`);

const [chart, data] = st.tabs(["Chart", "Data"], { key: "view", bind: "query-params" });
if (chart.open) chart.text("the chart is computed");
if (data.open) data.text("the data is computed");

const more = st.expander("More", { onChange: "rerun" });
more.markdown("$$\n\\int_0^1 x\\,dx = \\frac{1}{2}\n$$");
st.text(more.open === true ? "more is open" : "more is closed");
