/** One line for each kind of element: how it is drawn. Its code is fetched when one is on the page. */
import { lazyView } from "../browser/lazy-view.ts";
import { textSpec } from "./text/text.schema.ts";

export const views = {
  text: lazyView(textSpec.kind, () => import("./text/text.view.tsx")),
};
