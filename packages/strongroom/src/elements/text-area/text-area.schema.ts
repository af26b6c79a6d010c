import { limits } from "../../wire/limits.ts";
import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { labelFields } from "../label.schema.ts";

export const textAreaSpec = widgetSpec({
  kind: "textArea",
  props: s.object({
    ...labelFields,
    maxChars: s.optional(s.number({ min: 1, max: limits.textChars, integer: true })),
    placeholder: s.optional(s.string({ maxLength: 2_000 })),
    /** `content` grows with the text; a number is px. Left out: three lines. */
    height: s.optional(s.union(s.literal("content", "stretch"), s.number({ min: 16, max: 10_000 }))),
    /** An empty field is no answer. */
    nullable: s.optional(s.boolean),
  }),
  value: ({ maxChars = limits.textChars, nullable }) => {
    const text = s.string({ maxLength: maxChars });
    return nullable === true ? s.nullable(text) : text;
  },
});
