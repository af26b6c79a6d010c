/** Text of a page that marks have cut into pieces: plain here, bold there. A secret may go over several of them. */
import type { Mask } from "../secrets/mask.ts";
import type { Json } from "../wire/schema.ts";

/** Kinds of pieces of one line, as `wire/rich-text.ts` has them. */
const kinds: ReadonlySet<unknown> = new Set(
  "strong em del small code link color background badge paint icon math br".split(" "),
);

/** True where texts of a message may be cut up: quick to see, and mostly false. */
export function mayBeCutUp(text: string): boolean {
  // The first one is the message itself.
  return text.includes('{"t":"', 1);
}

/** True where a secret goes over the pieces of one text. */
export function hasCutUpSecret(value: Json | undefined, mask: Mask): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (isCutUp(value) && mask.finds(textOf(value))) return true;
  return Object.values(value).some((item) => hasCutUpSecret(item, mask));
}

/** One piece of all where a secret goes over several. */
export function withoutCutUpSecret(list: readonly Json[], mask: Mask): readonly Json[] {
  if (!isCutUp(list)) return list;
  const text = textOf(list);
  return mask.finds(text) ? [mask.text(text)] : list;
}

/** Blocks of code and formulas by themselves are no pieces of a line. */
function isCutUp(value: Json): value is readonly Json[] {
  return Array.isArray(value) && value.every(isPiece) && value.some((item) => isMarked(item));
}

function isPiece(value: Json): boolean {
  if (typeof value === "string") return true;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { t, language } = value as { readonly [name: string]: Json };
  return kinds.has(t) && language === undefined;
}

function isMarked(value: Json): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    (value as { t?: Json }).t !== "math"
  );
}

function textOf(value: Json | undefined): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  if (Array.isArray(value)) return value.map(textOf).join("");
  const { c, text, tex } = value as { readonly [name: string]: Json };
  return textOf(c) + textOf(text) + textOf(tex);
}
