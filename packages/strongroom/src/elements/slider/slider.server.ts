import { badOption } from "../../worker/errors.ts";
import { ask, type WidgetOptions } from "../../worker/show.ts";
import type { UrlText } from "../../worker/url-answer.ts";
import { dayOfIso, isIsoDate, isoOfDay, type IsoDate } from "../dates.schema.ts";
import { isoDateOf, type DateOption } from "../dates.server.ts";
import { labelProps } from "../label.server.ts";
import { numberFormat, numberFormatWords, type NumberFormat } from "../number-format.schema.ts";
import { nearestStep, sliderSpec, stepValue, type Scale } from "./slider.schema.ts";
import { checkOptions } from "../check-options.server.ts";

/** A number or a day has one thumb, a pair of them two. */
export type SliderValue = number | DateOption | readonly [number, number] | readonly [DateOption, DateOption];

type Bound<V> = V extends number | readonly number[] ? number : DateOption;
type Answer<V> = V extends number ? number : IsoDate;
export type SliderAnswer<V> = V extends readonly (infer One)[]
  ? readonly [Answer<One>, Answer<One>]
  : Answer<V>;

export interface SliderOptions<V extends SliderValue = number> extends WidgetOptions {
  /** Where it begins. Default: `0`; 14 days before `value`. */
  readonly minValue?: Bound<V>;
  /** Where it ends. Default: `100`, or `1` where a number is a fraction; 14 days after `value`. */
  readonly maxValue?: Bound<V>;
  /** Where it stands at first, on the nearest step; a pair gives it two thumbs. Default: `minValue`. */
  readonly value?: V;
  /** Between one place of a thumb and the next. Default: `1`, or `0.01` where a number is a fraction; a day. */
  readonly step?: number;
  /** How numbers are written: `"percent"`, `"%.1f km"`. Default: as viewers write them. */
  readonly format?: NumberFormat;
}

/**
 * Shows a line with a thumb to drag and answers where it stands: always a value on a step. A pair as `value` gives two
 * thumbs and answers from and to; days are text like `"2026-01-31"`.
 */
export function slider<V extends SliderValue = number>(
  label: string,
  options: SliderOptions<V> = {},
): SliderAnswer<V> {
  checkOptions(`st.slider("Price", { minValue: 0, maxValue: 100 })`, options);
  const { value, format } = options;
  const range = Array.isArray(value);
  const given: readonly unknown[] = range ? value : [value];
  const days = given.some((one) => typeof one === "string" || one instanceof Date);
  if (format !== undefined && numberFormat.check(format, "") !== undefined)
    throw badOption("slider", "format", numberFormatWords);
  const scale = days ? dayScale(options, given) : numberScale(options, given);
  const props = {
    ...labelProps("slider", label, options),
    ...scale,
    ...(format === undefined ? {} : { format }),
    ...(range ? { range } : {}),
    ...(days ? { days } : {}),
  };
  const toWire = (all: unknown): Wire | undefined => (range ? pairOn(scale, all) : valueOn(scale, all));
  const initial = toWire(value ?? scale.min);
  if (initial === undefined) {
    const words = `from ${shown(scale.min, days)} to ${shown(scale.max, days)}${range ? ", the smaller one first" : ""}`;
    throw badOption("slider", "value", words);
  }
  const fromWire = (wire: Wire): unknown => {
    if (!days) return wire;
    return typeof wire === "number" ? isoOfDay(wire) : wire.map(isoOfDay);
  };
  // The decoder admits one number or two, as `value` declared.
  return fromWire(
    ask(sliderSpec, {
      label,
      options,
      props,
      initial,
      fromWire,
      toWire,
      urlText: days ? dayText : undefined,
    }),
  ) as SliderAnswer<V>;
}

/** A link says which day, not how many since 1970. */
const dayText: UrlText = {
  write: (day) => isoOfDay(Number(day)),
  read: (text) => (isIsoDate(text) ? dayOfIso(text) : undefined),
};

type Wire = number | readonly [number, number];

/** The nearest step to a value that lies within the scale. */
function valueOn(scale: Scale, value: unknown): number | undefined {
  const number = toNumber(value);
  const fits = number !== undefined && number >= scale.min && number <= scale.max;
  return fits ? stepValue(scale, nearestStep(scale, number)) : undefined;
}

function pairOn(scale: Scale, values: unknown): Wire | undefined {
  if (!Array.isArray(values) || values.length !== 2) return undefined;
  const from = valueOn(scale, values[0]);
  const to = valueOn(scale, values[1]);
  return from === undefined || to === undefined || from > to ? undefined : [from, to];
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  const date = isoDateOf(value);
  return date === undefined ? undefined : dayOfIso(date);
}

function shown(value: number, days: boolean): string {
  return days ? isoOfDay(value) : String(value);
}

function numberScale(
  { minValue, maxValue, step }: SliderOptions<SliderValue>,
  values: readonly unknown[],
): Scale {
  const isFraction = [...values, minValue, maxValue, step].some(
    (one) => typeof one === "number" && !Number.isInteger(one),
  );
  const min = minValue ?? 0;
  return checkedScale({
    min,
    max: maxValue ?? (isFraction ? 1 : 100),
    step: step ?? (isFraction ? 0.01 : 1),
  });
}

function dayScale(
  { minValue, maxValue, step = 1 }: SliderOptions<SliderValue>,
  values: readonly unknown[],
): Scale {
  const numbers = values.map((value) => toNumber(value) ?? NaN);
  const min = minValue === undefined ? Math.min(...numbers) - 14 : toNumber(minValue);
  const max = maxValue === undefined ? Math.max(...numbers) + 14 : toNumber(maxValue);
  if (!Number.isInteger(step)) throw badOption("slider", "step", "a whole number of days");
  return checkedScale({ min, max, step });
}

function checkedScale({ min, max, step }: Record<keyof Scale, unknown>): Scale {
  if (!isFinite(min) || !isFinite(max) || min > max)
    throw badOption("slider", "minValue", "a number or a date, not above `maxValue`");
  if (!isFinite(step) || step <= 0) throw badOption("slider", "step", "a number above 0");
  return { min, max, step };
}

function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}

slider.specs = [sliderSpec] as const;
