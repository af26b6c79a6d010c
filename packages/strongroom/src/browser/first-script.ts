/**
 * Stands in the document's head as text, and runs before anything else is loaded: what a viewer does from the page's first
 * byte on is heard, long before the page's own code is there.
 */
import { heedEarly } from "./early-acts.ts";
import { heedLeaving } from "./leaving.ts";

const { session } = document.currentScript?.dataset ?? {};
if (session !== undefined) {
  heedLeaving(session);
  window.strongroomEarly = heedEarly(session);
}
