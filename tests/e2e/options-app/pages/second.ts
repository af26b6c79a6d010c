import { st } from "strongroom";

st.setPageConfig({ initialSidebarState: "locked" });
st.title("Second");
