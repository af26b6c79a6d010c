import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { labelFields } from "../label.schema.ts";

/** What fits where `maxChars` was not given. */
const mostChars = 100_000;

/** One line; nothing, or what the type says. The address is that of HTML's own `<input type=email>`, bounded. */
const patterns = {
  default: /^[^\r\n]*$/,
  password: /^[^\r\n]*$/,
  phone: /^[^\r\n]*$/,
  search: /^[^\r\n]*$/,
  email:
    /^$|^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){0,8}$/i,
  url: /^$|^https?:\/\/[^\s/?#]+[^\s]*$/i,
} as const;

export const textInputSpec = widgetSpec({
  kind: "textInput",
  props: s.object({
    ...labelFields,
    type: s.optional(s.literal("password", "email", "url", "phone", "search")),
    maxChars: s.optional(s.number({ min: 1, max: mostChars, integer: true })),
    placeholder: s.optional(s.string({ maxLength: 200 })),
    autocomplete: s.optional(s.string({ maxLength: 100 })),
    /** Sent while it is typed, after a pause of so many ms. */
    liveMs: s.optional(s.number({ min: 0, max: 60_000 })),
    icon: s.optional(richText),
    /** An empty field is no answer. */
    nullable: s.optional(s.boolean),
  }),
  value: ({ type, maxChars = mostChars, nullable }) => {
    const text = s.string({ maxLength: maxChars, pattern: patterns[type ?? "default"] });
    return nullable === true ? s.nullable(text) : text;
  },
});
