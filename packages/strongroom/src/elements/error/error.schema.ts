import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { alertFields } from "../alert.schema.ts";

export const errorSpec = elementSpec({
  kind: "error",
  props: s.object(alertFields),
});
