import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";

export const buttonSpec = widgetSpec({
  kind: "button",
  trigger: true,
  props: s.object({
    label: richText,
    type: s.literal("primary", "secondary", "tertiary"),
    help: s.optional(richText),
    disabled: s.optional(s.boolean),
    icon: s.optional(richText),
    iconPosition: s.optional(s.literal("right")),
    width: s.optional(s.union(s.literal("stretch"), s.number({ min: 16, max: 4_000 }))),
    /** A key, with its modifiers, that presses the button: `ctrl+k`. */
    shortcut: s.optional(s.string({ maxLength: 40 })),
  }),
  value: () => s.literal(true),
});
