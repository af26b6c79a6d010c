import { st } from "strongroom";

const state = st.sessionState as { count?: number };

if (st.button("Count", { type: "primary", shortcut: "ctrl+k" })) state.count = (state.count ?? 0) + 1;
if (st.button("Start again", { help: "Back to **nothing**", disabled: state.count === undefined }))
  delete state.count;
st.text(`Counted to ${state.count ?? 0}`);
