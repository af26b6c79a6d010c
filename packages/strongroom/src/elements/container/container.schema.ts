import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { gap, height, width } from "../layout.schema.ts";

export const containerSpec = elementSpec({
  kind: "container",
  container: true,
  props: s.object({
    border: s.boolean,
    /** Left out: one below the other. */
    horizontal: s.optional(s.literal(true)),
    /** Horizontal only: one line that scrolls. */
    wrap: s.optional(s.literal(false)),
    gap,
    align: s.optional(s.literal("center", "right", "distribute")),
    verticalAlign: s.optional(s.literal("center", "bottom", "distribute")),
    width: s.optional(width),
    height: s.optional(height),
    /** Goes to its end as it grows. */
    autoscroll: s.optional(s.literal(true)),
  }),
});
