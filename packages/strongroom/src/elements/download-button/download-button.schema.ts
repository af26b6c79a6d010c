import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { buttonFields } from "../button/button-face.schema.ts";

const handle = s.string({ minLength: 43, maxLength: 43, pattern: /^[A-Za-z0-9_-]{43}$/ });

export const downloadButtonSpec = widgetSpec({
  kind: "downloadButton",
  trigger: true,
  props: s.object({
    ...buttonFields,
    /** The bytes, where they are there before the click. */
    source: s.optional(handle),
    /** The bytes that the last click has made. */
    made: s.optional(handle),
    /** A click runs nothing. */
    quiet: s.optional(s.boolean),
  }),
  value: () => s.literal(true),
});
