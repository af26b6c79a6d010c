import { richText } from "../../wire/rich-text.ts";
import { limits } from "../../wire/limits.ts";
import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";

export const textSpec = elementSpec({
  kind: "text",
  props: s.object({ text: s.string({ maxLength: limits.textChars }), help: s.optional(richText) }),
});
