import { blocks, richText } from "../wire/rich-text.ts";
import { s } from "../wire/s.ts";
import { width } from "./layout.schema.ts";

/** What success, info, warning and error are shown with. */
export const alertFields = {
  body: blocks,
  title: s.optional(richText),
  /** Instead of the sign of its kind. */
  icon: s.optional(richText),
  width: s.optional(width),
} as const;
