import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { width } from "../layout.schema.ts";

export const expanderSpec = widgetSpec({
  kind: "expander",
  container: true,
  props: s.object({
    label: richText,
    /** Open until the viewer closes it. */
    expanded: s.boolean,
    icon: s.optional(richText),
    /** Left out: a card. */
    type: s.optional(s.literal("compact", "step")),
    width: s.optional(width),
    /** The script follows what the viewer does. */
    tracked: s.optional(s.literal(true)),
  }),
  /** Whether it is open. */
  value: () => s.boolean,
});
