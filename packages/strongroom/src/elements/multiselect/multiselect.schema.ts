import { limits } from "../../wire/limits.ts";
import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { labelFields } from "../label.schema.ts";
import { optionTexts, someOptions } from "../options.schema.ts";

export const multiselectSpec = widgetSpec({
  kind: "multiselect",
  props: s.object({
    ...labelFields,
    options: optionTexts,
    placeholder: s.optional(s.string({ maxLength: 200 })),
    maxSelections: s.optional(s.number({ min: 1, integer: true })),
    /** How options are found by typing; left out where they are not. */
    filter: s.optional(s.literal("fuzzy", "contains", "prefix")),
    /** The list begins with a row that chooses all. */
    selectAll: s.optional(s.boolean),
    /** The viewer may type options of their own. */
    open: s.optional(s.boolean),
  }),
  value: ({ options, maxSelections, open }) => {
    const max = Math.min(
      maxSelections ?? options.length + (open === true ? 1_000 : 0),
      limits.valueNodes - 1,
    );
    return someOptions(options, { max, open: open === true });
  },
});
