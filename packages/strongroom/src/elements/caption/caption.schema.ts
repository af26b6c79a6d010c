import { blocks } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { textFields } from "../layout.schema.ts";

export const captionSpec = elementSpec({
  kind: "caption",
  props: s.object({ ...textFields, body: blocks }),
});
