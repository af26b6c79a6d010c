import { s } from "../../wire/s.ts";
import type { Schema } from "../../wire/schema.ts";
import { rule } from "../../wire/schema-scalars.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { labelFields } from "../label.schema.ts";
import { numberFormat } from "../number-format.schema.ts";

/** Where a thumb can stand: on `min`, on each step from there, and on `max`. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** How many steps lead from `min` to `max`; the last may be a shorter one. */
export function stepCount({ min, max, step }: Scale): number {
  return Math.ceil((max - min) / step - 1e-9);
}

/** The value on a step. The same number on both sides, without the dust of binary fractions. */
export function stepValue(scale: Scale, index: number): number {
  const { min, max, step } = scale;
  if (index >= stepCount(scale)) return max;
  return Number((min + index * step).toFixed(Math.min(100, Math.max(decimals(min), decimals(step)))));
}

/** The step that is nearest to a value. */
export function nearestStep(scale: Scale, value: number): number {
  const { min, max, step } = scale;
  const count = stepCount(scale);
  const index = Math.min(count, Math.max(0, Math.round((value - min) / step)));
  const isNearerToEnd =
    index === count - 1 && Math.abs(max - value) < Math.abs(value - stepValue(scale, index));
  return isNearerToEnd ? count : index;
}

function decimals(value: number): number {
  const [digits = "", exponent = "0"] = String(value).split("e");
  return Math.max(0, (digits.split(".")[1]?.length ?? 0) - Number(exponent));
}

function onScale(scale: Scale): Schema<number> {
  const { min, max, step } = scale;
  return rule(
    `a number from ${min} to ${max} in steps of ${step}`,
    (value) => typeof value === "number" && stepValue(scale, nearestStep(scale, value)) === value,
  );
}

/** Two numbers of which the second is not the smaller one. */
function rangeOf(one: Schema<number>): Schema<readonly [number, number]> {
  const pair = s.tuple(one, one);
  const fits = (value: unknown): boolean => pair.check(value, "") === undefined;
  const isOrdered = (value: readonly number[]): boolean => (value[0] ?? 0) <= (value[1] ?? 0);
  return rule(
    `from and to, each ${one.expected}`,
    (value) => fits(value) && isOrdered(value as readonly number[]),
  );
}

export const sliderSpec = widgetSpec({
  kind: "slider",
  props: s.object({
    ...labelFields,
    min: s.number(),
    max: s.number(),
    step: s.number({ min: Number.MIN_VALUE }),
    format: s.optional(numberFormat),
    /** Two thumbs: the answer is from and to. */
    range: s.optional(s.boolean),
    /** What numbers count: days from 1970-01-01, seconds from midnight, seconds from 1970-01-01T00:00. */
    unit: s.optional(s.literal("day", "time", "datetime")),
  }),
  value: (props): Schema<number> | Schema<readonly [number, number]> => {
    const one = onScale(props);
    return props.range === true ? rangeOf(one) : one;
  },
});
