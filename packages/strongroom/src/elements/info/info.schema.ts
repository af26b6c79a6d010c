import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { alertFields } from "../alert.schema.ts";

export const infoSpec = elementSpec({
  kind: "info",
  props: s.object(alertFields),
});
