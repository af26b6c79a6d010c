import { st } from "strongroom";

st.title("Orders");
st.text(`Names: ${JSON.stringify(st.queryParams.toDict())}`);
if (st.button("Next region")) st.queryParams["region"] = "US";
