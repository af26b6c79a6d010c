import { st } from "strongroom";

st.success("The correction was sent to the **operations desk**.");
