import { limits } from "../../wire/limits.ts";
import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { textFields } from "../layout.schema.ts";

export const textSpec = elementSpec({
  kind: "text",
  props: s.object({ ...textFields, text: s.string({ maxLength: limits.textChars }) }),
});
