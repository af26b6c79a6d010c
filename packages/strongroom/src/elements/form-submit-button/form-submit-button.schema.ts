import { s } from "../../wire/s.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { buttonFields } from "../button/button-face.schema.ts";

export const formSubmitButtonSpec = widgetSpec({
  kind: "formSubmitButton",
  trigger: true,
  props: s.object(buttonFields),
  value: () => s.literal(true),
});
