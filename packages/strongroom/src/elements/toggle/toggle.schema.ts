import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { labelFields } from "../label.schema.ts";

export const toggleSpec = widgetSpec({
  kind: "toggle",
  props: s.object(labelFields),
  value: () => s.boolean,
});
