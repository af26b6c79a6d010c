import { optionNames } from "../../worker/option-names.ts";
import { requiredName, widgetNames } from "../common-names.server.ts";
import { badOption } from "../../worker/errors.ts";
import { ask, type RequiredOption, type WidgetOptions } from "../../worker/ask.ts";
import type { Validator } from "../../worker/validate.ts";
import { iconProps } from "../icon.server.ts";
import { labelProps, type NullOf } from "../label.server.ts";
import {
  numberFormat,
  numberFormatWords,
  printfPattern,
  type NumberFormat,
} from "../number-format.schema.ts";
import { validatedBy, type CheckedAnswer, type CheckFor } from "../validate.server.ts";
import { numberInputSpec } from "./number-input.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface NumberInputOptions<
  V extends number | "min" | null = "min",
  C extends Validator | undefined = undefined,
>
  extends WidgetOptions, RequiredOption {
  /** The smallest number that fits. Default: none. */
  readonly minValue?: number;
  /** The largest number that fits. Default: none. */
  readonly maxValue?: number;
  /** What it holds at first; `null` leaves it empty, then the answer may be `null`. Default `"min"`: `minValue`, or 0. */
  readonly value?: V;
  /** What one press of an arrow key or button adds. Default `1`, or `0.01` where fractions fit. */
  readonly step?: number;
  /** How the number is written while nobody types: `"%.2f"`, `"%d kg"`. Default: as viewers write numbers. */
  readonly format?: NumberFormat;
  /** Shown while it is empty. */
  readonly placeholder?: string;
  /** One emoji, `:material/name:`, or `"spinner"`, which turns. */
  readonly icon?: string;
  /** A schema (zod, valibot, arktype). While the number does not fit, viewers read why, and the answer is `undefined`. */
  readonly validate?: C & CheckFor<number, C>;
}

const known = optionNames<NumberInputOptions>()({
  ...widgetNames,
  ...requiredName,
  minValue: true,
  maxValue: true,
  value: true,
  step: true,
  format: true,
  placeholder: true,
  icon: true,
  validate: true,
});

/**
 * Shows a field for a number and answers the number, always within its limits. Only whole numbers fit as long as
 * `value`, `minValue`, `maxValue` and `step` are whole; `step: 0.01` or `format: "%.2f"` lets fractions in. With `validate`
 * it answers what the schema makes of the number.
 */
export function numberInput<
  const V extends number | "min" | null = "min",
  C extends Validator | undefined = undefined,
>(label: string, options: NumberInputOptions<V, C> = {}): CheckedAnswer<number | NullOf<V>, C> {
  checkOptions(`st.numberInput("Count", { minValue: 0, value: 1 })`, options, known);
  const { minValue: min, maxValue: max, value = "min", format, placeholder } = options;
  const numbers = [min, max, options.step, value].filter((one) => typeof one === "number");
  const integer = numbers.every(Number.isInteger) && !(format !== undefined && showsFractions(format));
  const { step = integer ? 1 : 0.01 } = options;
  checkNumbers(options, step);
  const props = {
    ...labelProps("numberInput", label, options),
    step,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(integer ? { integer } : {}),
    ...(format === undefined ? {} : { format }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...iconProps("numberInput", options),
    ...(value === null ? { nullable: true } : {}),
  };
  const initial = value === "min" ? (min ?? Math.min(0, max ?? 0)) : value;
  if (numberInputSpec.value(props).check(initial, "") !== undefined) {
    throw badOption(
      "numberInput",
      "value",
      `a number from ${min ?? "any"} to ${max ?? "any"}, "min" or null`,
    );
  }
  const validated = validatedBy("numberInput", options.validate);
  const answer = ask(numberInputSpec, { label, options, props, initial, ...validated });
  // The decoder admits null only where `value` was null.
  return validated.fromWire(answer) as CheckedAnswer<number | NullOf<V>, C>;
}

function checkNumbers(
  { minValue, maxValue, format }: Pick<NumberInputOptions, "minValue" | "maxValue" | "format">,
  step: number,
): void {
  for (const [name, limit] of Object.entries({ minValue, maxValue })) {
    if (limit !== undefined && !Number.isFinite(limit)) throw badOption("numberInput", name, "a number");
  }
  if ((minValue ?? -Infinity) > (maxValue ?? Infinity))
    throw badOption("numberInput", "minValue", "at most `maxValue`");
  if (!(step > 0 && Number.isFinite(step))) throw badOption("numberInput", "step", "a number above 0");
  if (format !== undefined && numberFormat.check(format, "") !== undefined)
    throw badOption("numberInput", "format", numberFormatWords);
}

/** Whether numbers are written with a decimal point: `"%.2f"`, `"percent"`. */
function showsFractions(format: NumberFormat): boolean {
  const [, , , , digits, kind] = printfPattern.exec(format) ?? [];
  if (kind === undefined) return format !== "plain" && format !== "localized" && format !== "bytes";
  return !"diuxX".includes(kind) && digits !== "0";
}

numberInput.specs = [numberInputSpec] as const;
