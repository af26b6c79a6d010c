import type { RichText } from "../wire/rich-text.ts";
import { badOption } from "../worker/errors.ts";
import { inline } from "../worker/markdown.ts";

/** Three quarters of a circle, which the page turns. */
const spinner: RichText = [{ t: "icon", name: "spinner", path: "M12 3.5a8.5 8.5 0 1 1-8.5 8.5" }];

const maxChars = 80;
const glyphs = new Intl.Segmenter("en");

/** An icon as a prop: one emoji, `:material/name:`, or `"spinner"`, which turns; left out or empty for none. */
export function iconProps(
  element: string,
  { icon }: { readonly icon?: string | undefined },
): { icon?: RichText } {
  if (icon === undefined || icon === "") return {};
  if (icon === "spinner") return { icon: spinner };
  const isIcon =
    typeof icon === "string" &&
    icon.length <= maxChars &&
    (/^:material\/[a-z0-9_]+:$/.test(icon) || isOneGlyph(icon));
  if (!isIcon) throw badOption(element, "icon", 'one emoji, `:material/name:`, or "spinner"');
  return { icon: inline(icon) };
}

function isOneGlyph(text: string): boolean {
  const [first, second] = glyphs.segment(text);
  return first !== undefined && second === undefined && !/^[\p{L}\p{N}\s]$/u.test(text);
}
