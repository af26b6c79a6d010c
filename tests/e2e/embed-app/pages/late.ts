import { st } from "strongroom";

st.title("Late orders");
st.text(`Here: ${JSON.stringify(st.queryParams.toDict())}`);
if (st.button("Back")) st.switchPage("app.ts", { queryParams: { region: "EU" } });
