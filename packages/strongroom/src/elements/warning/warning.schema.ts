import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { alertFields } from "../alert.schema.ts";

export const warningSpec = elementSpec({
  kind: "warning",
  props: s.object(alertFields),
});
