import type { RichText } from "../wire/rich-text.ts";
import { inline } from "../worker/markdown.ts";

/** Three quarters of a circle, which the page turns. */
const spinner: RichText = [{ t: "icon", name: "spinner", path: "M12 3.5a8.5 8.5 0 1 1-8.5 8.5" }];

/** An icon as authors name it: one emoji, `:material/name:`, or `"spinner"`. */
export function iconText(icon: string): RichText {
  return icon === "spinner" ? spinner : inline(icon);
}
