import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { divider, headingFields } from "../heading.schema.ts";

export const subheaderSpec = elementSpec({
  kind: "subheader",
  props: s.object({ ...headingFields, divider }),
});
