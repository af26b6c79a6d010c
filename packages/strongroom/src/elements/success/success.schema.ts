import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { alertFields } from "../alert.schema.ts";

export const successSpec = elementSpec({
  kind: "success",
  props: s.object(alertFields),
});
