import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { labelFields } from "../label.schema.ts";

export const checkboxSpec = widgetSpec({
  kind: "checkbox",
  props: s.object(labelFields),
  value: () => s.boolean,
});
