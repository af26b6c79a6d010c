import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { divider, headingFields } from "../heading.schema.ts";

export const headerSpec = elementSpec({
  kind: "header",
  props: s.object({ ...headingFields, divider }),
});
