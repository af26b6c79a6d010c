import { ask, type RequiredOption, type WidgetOptions } from "../../worker/show.ts";
import { labelProps, type WrapOption } from "../label.server.ts";
import { checkboxSpec } from "./checkbox.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface CheckboxOptions extends WidgetOptions, RequiredOption, WrapOption {
  /** Whether it is ticked before the viewer has touched it. Default `false`. */
  readonly value?: boolean;
}

/** Shows a box to tick and answers whether it is ticked. */
export function checkbox(label: string, options: CheckboxOptions = {}): boolean {
  checkOptions(`st.checkbox("Agree", { value: true })`, options);
  const props = labelProps("checkbox", label, options);
  return ask(checkboxSpec, { label, options, props, initial: options.value === true });
}

checkbox.specs = [checkboxSpec] as const;
