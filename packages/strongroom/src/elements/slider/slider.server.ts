import { optionNames } from "../../worker/option-names.ts";
import { widgetNames } from "../common-names.server.ts";
import { badOption } from "../../worker/errors.ts";
import { ask, type WidgetOptions } from "../../worker/ask.ts";
import { checkOptions } from "../check-options.server.ts";
import type { IsoDate, IsoDateTime, IsoTime } from "../dates.schema.ts";
import type { DateOption } from "../dates.server.ts";
import { labelProps } from "../label.server.ts";
import { numberFormat, numberFormatWords, type NumberFormat } from "../number-format.schema.ts";
import { clockOf, type Clock } from "./slider-clock.server.ts";
import { nearestStep, sliderSpec, stepValue, type Scale } from "./slider.schema.ts";

/** A number, a day or a time has one thumb, a pair of them two. */
export type SliderValue = number | DateOption | readonly [number, number] | readonly [DateOption, DateOption];

type Bound<V> = V extends number | readonly number[] ? number : DateOption;
type Answer<V> = V extends number
  ? number
  : V extends `${number}:${string}`
    ? IsoTime
    : V extends `${number}-${string}T${string}`
      ? IsoDateTime
      : IsoDate;
export type SliderAnswer<V> = V extends readonly (infer One)[]
  ? readonly [Answer<One>, Answer<One>]
  : Answer<V>;

export interface SliderOptions<V extends SliderValue = number> extends WidgetOptions {
  /** Where it begins. Default: `0`; midnight; 14 days before `value`. */
  readonly minValue?: Bound<V>;
  /** Where it ends. Default: `100`, or `1` where a number is a fraction; `"23:59"`; 14 days after `value`. */
  readonly maxValue?: Bound<V>;
  /** Where it stands at first, on the nearest step; a pair gives it two thumbs. Default: `minValue`. */
  readonly value?: V;
  /**
   * Between one place of a thumb and the next: a number, of days a number of days, of times a span such as `"30m"` or
   * `"1h"`. Default: `1`, or `0.01` where a number is a fraction; a day; 15 minutes.
   */
  readonly step?: number | string;
  /** How numbers are written: `"percent"`, `"%.1f km"`. Default: as viewers write them. */
  readonly format?: NumberFormat;
}

const known = optionNames<SliderOptions>()({
  ...widgetNames,
  minValue: true,
  maxValue: true,
  value: true,
  step: true,
  format: true,
});

/**
 * Shows a line with a thumb to drag and answers where it stands: always a value on a step. A pair as `value` gives two
 * thumbs and answers from and to; days are text like `"2026-01-31"`, times like `"14:30"` and `"2026-01-31T14:30"`.
 */
export function slider<V extends SliderValue = number>(
  label: string,
  options: SliderOptions<V> = {},
): SliderAnswer<V> {
  checkOptions(`st.slider("Price", { minValue: 0, maxValue: 100 })`, options, known);
  const { value, format } = options;
  const range = Array.isArray(value);
  const given: readonly unknown[] = range ? value : [value];
  const clock = clockOf(given);
  if (format !== undefined && numberFormat.check(format, "") !== undefined)
    throw badOption("slider", "format", numberFormatWords);
  const scale = clock === undefined ? numberScale(options, given) : checkedScale(clock.scale(options, given));
  const props = {
    ...labelProps("slider", label, options),
    ...scale,
    ...(format === undefined ? {} : { format }),
    ...(range ? { range } : {}),
    ...(clock === undefined ? {} : { unit: clock.unit }),
  };
  const toWire = (all: unknown): Wire | undefined => (range ? pairOn : valueOn)({ scale, clock }, all);
  const initial = toWire(value ?? scale.min);
  if (initial === undefined) throw badOption("slider", "value", placesOf(scale, clock, range));
  const fromWire = (wire: Wire): unknown => {
    if (clock === undefined) return wire;
    return typeof wire === "number" ? clock.write(wire) : wire.map(clock.write);
  };
  const question = { label, options, props, initial, fromWire, toWire, urlText: clock };
  // The decoder admits one number or two, as `value` declared.
  return fromWire(ask(sliderSpec, question)) as SliderAnswer<V>;
}

type Wire = number | readonly [number, number];

interface Places {
  readonly scale: Scale;
  readonly clock: Clock | undefined;
}

function placesOf({ min, max }: Scale, clock: Clock | undefined, isRange: boolean): string {
  const write = clock?.write ?? String;
  return `from ${write(min)} to ${write(max)}${isRange ? ", the smaller one first" : ""}`;
}

/** The nearest step to a value that lies within the scale. */
function valueOn({ scale, clock }: Places, value: unknown): number | undefined {
  const number = typeof value === "number" ? value : clock?.read(value);
  const fits = number !== undefined && number >= scale.min && number <= scale.max;
  return fits ? stepValue(scale, nearestStep(scale, number)) : undefined;
}

function pairOn(places: Places, values: unknown): Wire | undefined {
  if (!Array.isArray(values) || values.length !== 2) return undefined;
  const from = valueOn(places, values[0]);
  const to = valueOn(places, values[1]);
  return from === undefined || to === undefined || from > to ? undefined : [from, to];
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
