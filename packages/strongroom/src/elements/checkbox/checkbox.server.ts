import { optionNames } from "../../worker/option-names.ts";
import { requiredName, widgetNames, wrapName } from "../common-names.server.ts";
import { ask, type RequiredOption, type WidgetOptions } from "../../worker/ask.ts";
import { labelProps, type WrapOption } from "../label.server.ts";
import { checkboxSpec } from "./checkbox.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface CheckboxOptions extends WidgetOptions, RequiredOption, WrapOption {
  /** Whether it is ticked before the viewer has touched it. Default `false`. */
  readonly value?: boolean;
}

const known = optionNames<CheckboxOptions>()({ ...widgetNames, ...requiredName, ...wrapName, value: true });

/** Shows a box to tick and answers whether it is ticked. */
export function checkbox(label: string, options: CheckboxOptions = {}): boolean {
  checkOptions(`st.checkbox("Agree", { value: true })`, options, known);
  const props = labelProps("checkbox", label, options);
  return ask(checkboxSpec, { label, options, props, initial: options.value === true });
}

checkbox.specs = [checkboxSpec] as const;
