import { badOption } from "../worker/errors.ts";
import { isIsoDate, isoOfDay, type IsoDate } from "./dates.schema.ts";

/** A day as authors may give it: `"2026-01-31"`, `"today"` (where the server stands), or a `Date`. */
export type DateOption = string | Date;

/** The day of an option; refused when it is none. */
export function isoDateOption(element: string, option: string, given: DateOption): IsoDate {
  const date = isoDateOf(given);
  if (date === undefined) throw badOption(element, option, `a date like "2026-01-31", "today", or a Date`);
  return date;
}

/** The day that a value stands for, or nothing. */
export function isoDateOf(value: unknown): IsoDate | undefined {
  if (value === "today") return localDay(new Date());
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : dayOfTime(value);
  return isIsoDate(value) ? value : undefined;
}

/**
 * `new Date("2026-01-31")` is midnight in UTC, `new Date(2026, 0, 31)` midnight where the server stands: both mean the
 * 31st, and so does any hour of it there.
 */
function dayOfTime(time: Date): IsoDate | undefined {
  const day = time.getTime() / 86_400_000;
  const date = Number.isInteger(day) ? isoOfDay(day) : localDay(time);
  return isIsoDate(date) ? date : undefined;
}

function localDay(time: Date): IsoDate {
  return isoOfDay(Date.UTC(time.getFullYear(), time.getMonth(), time.getDate()) / 86_400_000);
}
