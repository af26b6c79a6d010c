import { richText } from "../wire/rich-text.ts";
import { s } from "../wire/s.ts";
import { colorNames } from "./color-name.schema.ts";
import { textFields } from "./layout.schema.ts";

/** What title, header and subheader are shown with. */
export const headingFields = {
  ...textFields,
  text: richText,
  /** Names the place in the page: a link to `#id` leads there. */
  id: s.string({ maxLength: 130, pattern: /^[\p{L}\p{N}_-]+$/u }),
  /** A link to the place shows when the pointer comes near. */
  link: s.boolean,
  icon: s.optional(richText),
} as const;

/** A line below: in the colour of lines, or in one of its own. */
export const divider = s.optional(s.union(s.literal(true), s.literal(...colorNames, "rainbow")));
