import { optionNames } from "../../worker/option-names.ts";
import { requiredName, widgetNames, wrapName } from "../common-names.server.ts";
import { ask, type RequiredOption, type WidgetOptions } from "../../worker/ask.ts";
import { labelProps, type WrapOption } from "../label.server.ts";
import { toggleSpec } from "./toggle.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface ToggleOptions extends WidgetOptions, RequiredOption, WrapOption {
  /** Whether it is on before the viewer has touched it. Default `false`. */
  readonly value?: boolean;
}

const known = optionNames<ToggleOptions>()({ ...widgetNames, ...requiredName, ...wrapName, value: true });

/** Shows a switch and answers whether it is on. */
export function toggle(label: string, options: ToggleOptions = {}): boolean {
  checkOptions(`st.toggle("Dark", { value: true })`, options, known);
  const props = labelProps("toggle", label, options);
  return ask(toggleSpec, { label, options, props, initial: options.value === true });
}

toggle.specs = [toggleSpec] as const;
