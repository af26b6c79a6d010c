import { durationMs } from "../../worker/duration.ts";
import { badOption } from "../../worker/errors.ts";
import type { Json } from "../../wire/schema.ts";
import {
  dateTimeOfSeconds,
  dayOfIso,
  isoOfDay,
  secondsOfDateTime,
  secondsOfTime,
  timeOfSeconds,
} from "../dates.schema.ts";
import { isoDateOf } from "../dates.server.ts";

interface Bounds {
  readonly minValue?: unknown;
  readonly maxValue?: unknown;
  readonly step?: number | string;
}

/** How a slider counts days or times, and how they are written and read. */
export interface Clock {
  readonly unit: "day" | "time" | "datetime";
  readonly write: (number: Json) => string;
  readonly read: (value: unknown) => number | undefined;
  readonly scale: (bounds: Bounds, values: readonly unknown[]) => Record<"min" | "max" | "step", unknown>;
}

interface Unit {
  readonly unit: Clock["unit"];
  readonly write: (number: number) => string;
  readonly read: (value: unknown) => number | undefined;
  readonly unitMs: number;
  readonly step: number;
  /** Where it begins and ends by itself, seen from the first and the last value. */
  readonly ends: (first: number, last: number) => readonly [number, number];
}

const dayMs = 86_400_000;
const fortnight = (perDay: number) => (first: number, last: number) =>
  [first - 14 * perDay, last + 14 * perDay] as const;
const ofText = (read: (text: string) => number | undefined) => (value: unknown) =>
  typeof value === "string" ? read(value) : undefined;

const units: readonly Unit[] = [
  {
    unit: "time",
    write: timeOfSeconds,
    read: ofText(secondsOfTime),
    unitMs: 1_000,
    step: 900,
    ends: () => [0, 86_340],
  },
  {
    unit: "datetime",
    write: dateTimeOfSeconds,
    read: ofText(secondsOfDateTime),
    unitMs: 1_000,
    step: 900,
    ends: fortnight(86_400),
  },
  { unit: "day", write: isoOfDay, read: dayOf, unitMs: dayMs, step: 1, ends: fortnight(1) },
];

function dayOf(value: unknown): number | undefined {
  const date = isoDateOf(value);
  return date === undefined ? undefined : dayOfIso(date);
}

/** What the values count, where they are no numbers. */
export function clockOf(values: readonly unknown[]): Clock | undefined {
  if (!values.some((value) => typeof value === "string" || value instanceof Date)) return undefined;
  const unit =
    units.find(({ read }) => values.every((value) => read(value) !== undefined)) ?? (units.at(-1) as Unit);
  return {
    ...unit,
    write: (number) => unit.write(Number(number)),
    scale: (bounds, values) => scaleOf(unit, bounds, values),
  };
}

function scaleOf(unit: Unit, { minValue, maxValue, step }: Bounds, values: readonly unknown[]) {
  const { read, ends } = unit;
  const numbers = values.map((value) => read(value) ?? NaN);
  const [min, max] = ends(Math.min(...numbers), Math.max(...numbers));
  return {
    min: minValue === undefined ? min : read(minValue),
    max: maxValue === undefined ? max : read(maxValue),
    step: step === undefined ? unit.step : stepOf(unit, step),
  };
}

function stepOf({ unit, unitMs }: Unit, step: number | string): number {
  const count = unit === "day" && typeof step === "number" ? step : (durationMs(step) ?? NaN) / unitMs;
  if (Number.isInteger(count) && count > 0) return count;
  throw badOption(
    "slider",
    "step",
    unit === "day" ? "a whole number of days" : 'a span of whole seconds like "30m" or "1h"',
  );
}
