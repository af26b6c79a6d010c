import { st } from "strongroom";

st.title(`Other ${st.secrets["CANARY_0"]}`);
st.text(JSON.stringify(st.sessionState["kept"]));
