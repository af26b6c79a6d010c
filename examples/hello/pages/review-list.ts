import { st } from "strongroom";
import { dayOf, drop, keep, nameOf, reviewList } from "../review.ts";

st.setPageConfig({ pageTitle: "Bird strikes", pageIcon: ":material/flight:" });
st.title("Review list");

const kept = reviewList();
if (kept.length === 0) {
  st.markdown(
    ":gray[Nothing is kept yet. Choose a report in the table, say what should be looked into, and it comes here.]",
  );
  if (st.button("Find a report", { type: "primary" })) st.switchPage("app");
  st.stop();
}
st.markdown(
  ":gray[What you have kept for review. Notes can be changed; the list lasts as long as your visit.]",
);

const costs = kept.flatMap((report) => report.cost ?? []);
const [count, urgent, cost] = st.columns(3);
count?.metric("Reports", kept.length, { border: true });
urgent?.metric("Urgent", kept.filter((report) => report.urgent).length, { border: true });
cost?.metric("Reported cost", costs.length === 0 ? null : costs.reduce((sum, one) => sum + one, 0), {
  format: "dollar",
  border: true,
});

for (const report of kept) {
  const { id, operator, aircraft, phase, damage } = report;
  const card = st.container({ border: true, key: `report-${id}` });
  card.subheader(nameOf(report));
  card.caption(`${dayOf(report)} · ${operator}, ${aircraft} · ${phase} · Damage: ${damage.toLowerCase()}`);
  const [left, middle, right] = card.columns([6, 1, 1], { verticalAlignment: "bottom" });
  const note =
    left?.textInput("What should be looked into?", { value: report.note, key: `note-${id}` }) ?? "";
  const isUrgent = middle?.checkbox("Urgent", { value: report.urgent, key: `urgent-${id}` }) === true;
  if (right?.button("Remove", { key: `remove-${id}`, width: "stretch" }) === true) {
    drop(report);
    st.rerun();
  }
  if (note !== report.note || isUrgent !== report.urgent) {
    keep({ ...report, note, urgent: isUrgent });
    st.rerun();
  }
}
