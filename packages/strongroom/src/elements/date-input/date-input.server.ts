import { optionNames } from "../../worker/option-names.ts";
import { requiredName, widgetNames } from "../common-names.server.ts";
import { badOption } from "../../worker/errors.ts";
import { ask, type RequiredOption, type WidgetOptions } from "../../worker/ask.ts";
import { firstDay, lastDay, type IsoDate } from "../dates.schema.ts";
import { isoDateOf, isoDateOption, type DateOption } from "../dates.server.ts";
import { labelProps } from "../label.server.ts";
import { dateInputSpec, type DateRange } from "./date-input.schema.ts";
import { checkOptions } from "../check-options.server.ts";

/** A day, none, or from and to, each of which may be none. */
export type DateInputValue = DateOption | null | readonly [DateOption | null, DateOption | null];

type Answer<V> = IsoDate | Extract<V, null>;
export type DateInputAnswer<V> = V extends readonly (infer One)[]
  ? readonly [Answer<One>, Answer<One>]
  : Answer<V>;

export interface DateInputOptions<V extends DateInputValue = DateOption>
  extends WidgetOptions, RequiredOption {
  /**
   * The day at first: `"2026-01-31"`, `"today"`, a `Date`; a pair asks for from and to. `null` leaves it (or one end)
   * empty, then the answer may be `null`. Default `"today"`.
   */
  readonly value?: V;
  /** The first day that fits. */
  readonly minValue?: DateOption;
  /** The last day that fits. */
  readonly maxValue?: DateOption;
}

const known = optionNames<DateInputOptions>()({
  ...widgetNames,
  ...requiredName,
  value: true,
  minValue: true,
  maxValue: true,
});

/**
 * Shows a field for a day of the calendar and answers it as text, `"2026-01-31"`: the same day in every time zone, sorted
 * and compared as it stands, a parameter for a query. Viewers see and type it the way their own language writes dates.
 */
export function dateInput<const V extends DateInputValue = DateOption>(
  label: string,
  options: DateInputOptions<V> = {},
): DateInputAnswer<V> {
  checkOptions(`st.dateInput("Day", { value: "today" })`, options, known);
  const { value, minValue, maxValue } = options;
  const min = minValue === undefined ? undefined : isoDateOption("dateInput", "minValue", minValue);
  const max = maxValue === undefined ? undefined : isoDateOption("dateInput", "maxValue", maxValue);
  if ((min ?? firstDay) > (max ?? lastDay))
    throw badOption("dateInput", "minValue", "no later than `maxValue`");
  const range = Array.isArray(value);
  const nullable = range ? value.includes(null) : value === null;
  const props = {
    ...labelProps("dateInput", label, options),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(range ? { range } : {}),
    ...(nullable ? { nullable } : {}),
  };
  const initial = value === undefined ? todayWithin(min ?? firstDay, max ?? lastDay) : toWire(value);
  if (initial === undefined || dateInputSpec.value(props).check(initial, "") !== undefined) {
    throw badOption(
      "dateInput",
      "value",
      `dates like "2026-01-31" from ${min ?? "any"} to ${max ?? "any"}, the earlier first`,
    );
  }
  // The decoder admits one day or two, and null, as `value` declared.
  return ask(dateInputSpec, { label, options, props, initial, toWire }) as DateInputAnswer<V>;
}

function todayWithin(min: IsoDate, max: IsoDate): IsoDate {
  const today = isoDateOption("dateInput", "value", "today");
  return today < min ? min : today > max ? max : today;
}

function toWire(value: unknown): IsoDate | DateRange | null | undefined {
  if (!Array.isArray(value)) return value === null ? null : isoDateOf(value);
  const [from, to] = value.map((one) => (one === null ? null : isoDateOf(one)));
  return value.length !== 2 || from === undefined || to === undefined ? undefined : [from, to];
}

dateInput.specs = [dateInputSpec] as const;
