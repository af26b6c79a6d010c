import { st } from "strongroom";
import { drop, keep, reviewList } from "../review.ts";

st.setPageConfig({ pageTitle: "Bird strikes", pageIcon: ":material/flight:" });
st.title("Review list");

const kept = reviewList();
if (kept.length === 0) {
  st.caption(
    "Nothing is kept yet. Choose a report in the table, say what should be looked into, and it comes here.",
  );
  if (st.button("Find a report", { type: "primary" })) st.switchPage("app");
  st.stop();
}
st.caption("What you have kept for review. Notes can be changed; the list lasts as long as your visit.");

const [count, urgent, cost] = st.columns(3);
count?.metric("Reports", kept.length, { border: true });
urgent?.metric("Urgent", kept.filter((report) => report.urgent).length, { border: true });
cost?.metric(
  "Reported cost",
  kept.reduce((sum, report) => sum + (report.cost ?? 0), 0),
  { format: "dollar", border: true },
);

for (const report of kept) {
  const card = st.container({ border: true, key: `report-${report.id}` });
  card.subheader(`${report.animal} at ${report.airport}`);
  card.caption(
    `${report.day} · ${report.operator}, ${report.aircraft} · ${report.phase} · Damage: ${report.damage.toLowerCase()}`,
  );
  const note = card.textInput("Note", {
    value: report.note,
    key: `note-${report.id}`,
    placeholder: "What should be looked into?",
  });
  const isUrgent = card.checkbox("Urgent", { value: report.urgent, key: `urgent-${report.id}` });
  if (note !== report.note || isUrgent !== report.urgent) {
    keep({ ...report, note, urgent: isUrgent });
    st.rerun();
  }
  if (card.button("Remove", { key: `remove-${report.id}` })) {
    drop(report);
    st.rerun();
  }
}
