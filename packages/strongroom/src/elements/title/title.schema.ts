import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { headingFields } from "../heading.schema.ts";

export const titleSpec = elementSpec({
  kind: "title",
  props: s.object(headingFields),
});
