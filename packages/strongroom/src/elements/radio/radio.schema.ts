import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { labelFields } from "../label.schema.ts";
import { oneOption, optionTexts } from "../options.schema.ts";

export const radioSpec = widgetSpec({
  kind: "radio",
  props: s.object({
    ...labelFields,
    options: optionTexts,
    /** The options as they are drawn, where one of them has markup. */
    drawn: s.optional(s.array(richText, { max: 100_000 })),
    captions: s.optional(s.array(richText, { max: 100_000 })),
    horizontal: s.optional(s.boolean),
    /** No option may be chosen. */
    nullable: s.optional(s.boolean),
  }),
  value: ({ options, nullable }) => (nullable === true ? s.nullable(oneOption(options)) : oneOption(options)),
});
