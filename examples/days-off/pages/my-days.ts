import { st } from "strongroom";
import { daysOf } from "../days.ts";
import { whoIsHere } from "../who-is-here.ts";

st.setPageConfig({ pageTitle: "Days off", pageIcon: ":material/calendar_month:" });
whoIsHere();
st.title("My days");

// Nobody comes here who has not signed in. An address counts where the provider has checked that it is theirs.
const { email, email_verified: isTheirs } = st.user;
const { entitled, away } = await daysOf(typeof email === "string" && isTheirs === true ? email : "");
if (entitled === 0) {
  st.info("Nothing is known of you yet. Ask the office.");
  st.stop();
}
const taken = away.reduce((sum, { days }) => sum + days, 0);
const [left, used, year] = st.columns(3);
left.metric("Left this year", entitled - taken, { border: true });
used.metric("Taken or booked", taken, { border: true });
year.metric("In a year", entitled, { border: true });

st.dataframe(away, {
  title: "Taken and booked",
  columnConfig: {
    first: { label: "From", type: "date" },
    last: { label: "To", type: "date" },
    days: "Days",
    why: "What for",
  },
});
