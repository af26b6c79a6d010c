import { limits } from "../../wire/limits.ts";
import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { width } from "../layout.schema.ts";

export const jsonSpec = elementSpec({
  kind: "json",
  props: s.object({
    /** The value as JSON text: its keys are the author's, and may be any. */
    text: s.string({ maxLength: limits.textChars }),
    /** How many levels are open at first. */
    expanded: s.number({ min: 0, max: 100, integer: true }),
    width: s.optional(width),
  }),
});
