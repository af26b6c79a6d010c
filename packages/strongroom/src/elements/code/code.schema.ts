import { limits } from "../../wire/limits.ts";
import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { height, width } from "../layout.schema.ts";

export const codeSpec = elementSpec({
  kind: "code",
  props: s.object({
    text: s.string({ maxLength: limits.textChars }),
    /** Empty for text that is not coloured. */
    language: s.string({ maxLength: 40, pattern: /^[\w+#.-]*$/ }),
    lineNumbers: s.optional(s.literal(true)),
    wrapLines: s.optional(s.literal(true)),
    width: s.optional(width),
    height: s.optional(height),
  }),
});
