import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { width } from "../layout.schema.ts";

export const progressSpec = elementSpec({
  kind: "progress",
  props: s.object({
    /** Share of the whole. */
    value: s.number({ min: 0, max: 1 }),
    text: s.optional(richText),
    width: s.optional(width),
  }),
});
