import { st } from "strongroom";
import { closedDays } from "./days.ts";
import { whoIsHere } from "./who-is-here.ts";

// Read when the app compiles, before anything runs: who may not see a page has no such page.
st.page("my-days.ts", { allow: "signed-in", title: "My days" });
st.page("who-is-away.ts", { allow: ["group:admins"], title: "Who is away" });

st.setPageConfig({ pageTitle: "Days off", pageIcon: ":material/calendar_month:" });
whoIsHere();

st.title("Days off");
st.markdown(":gray[When we are closed, what is left of your holidays, and who is away.]");

const closed = await closedDays();
st.dataframe(closed, {
  title: "The office is closed",
  columnConfig: { day: { label: "Day", type: "date" }, name: "Why" },
});

if (!st.user.isLoggedIn) {
  st.info("Sign in to see your own days.");
  if (st.button("Sign in", { type: "primary" })) st.login();
}
