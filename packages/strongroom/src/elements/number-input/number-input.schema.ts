import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { labelFields } from "../label.schema.ts";
import { numberFormat } from "../number-format.schema.ts";

export const numberInputSpec = widgetSpec({
  kind: "numberInput",
  props: s.object({
    ...labelFields,
    min: s.optional(s.number()),
    max: s.optional(s.number()),
    /** What one press of an arrow adds; it restricts nothing. */
    step: s.number({ min: Number.MIN_VALUE }),
    /** Only whole numbers fit. */
    integer: s.optional(s.boolean),
    format: s.optional(numberFormat),
    placeholder: s.optional(s.string({ maxLength: 200 })),
    icon: s.optional(richText),
    /** It may be empty. */
    nullable: s.optional(s.boolean),
  }),
  value: ({ min, max, integer, nullable }) => {
    const number = s.number({ min, max, integer: integer === true });
    return nullable === true ? s.nullable(number) : number;
  },
});
