import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { labelFields } from "../label.schema.ts";
import { newOption, oneOption, optionTexts } from "../options.schema.ts";

export const selectboxSpec = widgetSpec({
  kind: "selectbox",
  props: s.object({
    ...labelFields,
    options: optionTexts,
    placeholder: s.optional(s.string({ maxLength: 200 })),
    icon: s.optional(richText),
    /** How options are found by typing; left out for a plain list. */
    filter: s.optional(s.literal("fuzzy", "contains", "prefix")),
    /** The viewer may type an option of their own. */
    open: s.optional(s.boolean),
    /** No option may be chosen. */
    nullable: s.optional(s.boolean),
  }),
  value: ({ options, open, nullable }) => {
    const some = open === true ? s.union(oneOption(options), newOption) : oneOption(options);
    return nullable === true ? s.nullable(some) : some;
  },
});
