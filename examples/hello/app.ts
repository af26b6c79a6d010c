import { st } from "strongroom";
import { reviewForm } from "./review.ts";
import { airportNames, countsOf, phases, reportColumns, reportsOf } from "./strikes.ts";
import { trend } from "./trend.ts";

st.setPageConfig({ pageTitle: "Bird strikes", pageIcon: ":material/flight:" });

// What to look at: each filter narrows everything on the page.
const side = st.sidebar;
side.caption("Filter");
const airports = side.multiselect("Airports", await airportNames(), { placeholder: "All 50" });
const [from, to] = side.slider("Years", { minValue: 1990, maxValue: 2001, value: [1990, 2001] });
const phase = side.selectbox("Phase of flight", ["Any", ...phases]);
const onlyNamed = side.toggle("Only named animals");
const filter = { airports, from, to, phase, onlyNamed };

st.title("Where birds and planes meet");
st.markdown(
  ":gray[Wildlife that met aircraft at 50 airports, as reported to the Federal Aviation Administration.]",
);

const { years, months, animals, total } = await countsOf(filter);
const year = years.at(-1);
if (year === undefined) {
  st.info("No report fits these filters. Take one away, or widen the years.");
  st.stop();
}

// How the last year went, and the years that led there.
const figures = st.columns(4);
figures[0]?.metric(
  `Reports in ${year.name}`,
  year.reports,
  trend(years, "reports", {
    deltaColor: "off",
    help: "More reports need not be more strikes: more of them are reported.",
  }),
);
figures[1]?.metric(
  "With damage",
  year.damaged,
  trend(years, "damaged", { format: "percent", deltaColor: "inverse" }),
);
figures[2]?.metric("At night", year.night, trend(years, "night", { format: "percent", deltaColor: "off" }));
figures[3]?.metric(
  "Reported cost",
  year.cost,
  trend(years, "cost", { format: "dollar", deltaColor: "inverse", chartType: "bar" }),
);

const [wide, narrow] = st.columns([3, 2]);
wide?.barChart(months, {
  x: "month",
  y: ["With damage", "Without"],
  color: ["orange", "primary"],
  title: "Through the year",
  caption: "Reports by month",
  height: 286,
  border: true,
});
narrow?.barChart(animals, {
  x: "name",
  y: "damaged",
  horizontal: true,
  format: "percent",
  title: "Who does harm",
  caption: "Strikes with damage, of animals hit ten times or more",
  border: true,
});

// The reports themselves, the newest first. One that is chosen can be kept for review.
const reports = await reportsOf(filter);
const { selection } = st.dataframe(reports, {
  title: total > reports.length ? `The newest of ${total.toLocaleString("en")} reports` : "Reports",
  columnConfig: reportColumns,
  onSelect: "rerun",
  selectionMode: "single-row",
});
reviewForm(reports[selection.rows[0] ?? -1]);
