import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { width } from "../layout.schema.ts";

export const spinnerSpec = elementSpec({
  kind: "spinner",
  props: s.object({
    text: richText,
    /** Seconds that have gone by stand beside it. */
    showTime: s.optional(s.literal(true)),
    width: s.optional(width),
  }),
});
