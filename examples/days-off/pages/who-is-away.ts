import { st } from "strongroom";
import { everybody } from "../days.ts";
import { whoIsHere } from "../who-is-here.ts";

st.setPageConfig({ pageTitle: "Days off", pageIcon: ":material/calendar_month:" });
whoIsHere();
st.title("Who is away");

const day = st.dateInput("Day", { value: "2026-11-25" });
const people = await everybody(day);
st.dataframe(people, {
  title: `${people.filter(({ here }) => here === "Away").length} of ${people.length} are away`,
  columnConfig: {
    name: "Name",
    team: "Team",
    here: { label: "That day", type: "badge", colors: { Here: "green", Away: "orange" } },
    left: "Days left",
  },
});
