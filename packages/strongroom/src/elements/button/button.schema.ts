import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { buttonFields } from "./button-face.schema.ts";

export const buttonSpec = widgetSpec({
  kind: "button",
  trigger: true,
  props: s.object(buttonFields),
  value: () => s.literal(true),
});
