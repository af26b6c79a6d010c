import { st } from "strongroom";

st.title("The second page");
st.text(`tab ${st.queryParams.get("tab") ?? "none"}`);
if (st.button("Name it")) st.queryParams.set("tab", "b");
