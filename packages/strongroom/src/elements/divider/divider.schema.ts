import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { width } from "../layout.schema.ts";

export const dividerSpec = elementSpec({
  kind: "divider",
  props: s.object({ width: s.optional(width) }),
});
