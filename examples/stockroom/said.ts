/** A sentence that outlasts the rerun after a change. */
import { st } from "strongroom";

export function say(text: string): void {
  st.sessionState["said"] = text;
}

/** Shows what was said, once. */
export function showSaid(): void {
  const { said } = st.sessionState;
  if (typeof said !== "string") return;
  st.success(said);
  delete st.sessionState["said"];
}
