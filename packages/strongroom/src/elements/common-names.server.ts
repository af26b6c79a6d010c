import { optionNames, type OptionNames } from "../worker/option-names.ts";
import type { RequiredOption, WidgetOptions } from "../worker/ask.ts";
import type { WrapOption } from "./label.server.ts";

export const widgetNames: OptionNames<WidgetOptions> = optionNames<WidgetOptions>()({
  key: true,
  help: true,
  disabled: true,
  onChange: true,
  labelVisibility: true,
  width: true,
  bind: true,
  persistState: true,
});
export const requiredName: OptionNames<RequiredOption> = optionNames<RequiredOption>()({ required: true });
export const wrapName: OptionNames<WrapOption> = optionNames<WrapOption>()({ wrap: true });
