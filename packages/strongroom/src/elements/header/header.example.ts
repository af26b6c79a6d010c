import { st } from "strongroom";

st.header("Delay through the day", { divider: true, help: "Minutes late at departure" });
