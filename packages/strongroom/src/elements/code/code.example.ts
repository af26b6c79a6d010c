import { st } from "strongroom";

st.code(
  `
  import { st } from "strongroom";

  // Nothing but "EU" or "US" can arrive.
  const region = st.selectbox("Region", ["EU", "US"]);
  st.metric("Orders", await count(region));
  `,
  { lineNumbers: true },
);
