/**
 * A day of the calendar is text, `2026-01-31`: it has no hour and no zone, so it is the same day for server, viewer and
 * database. Sorting and comparing work as they are; it is plain data, and a parameter of a query as it stands.
 */
import type { Schema } from "../wire/schema.ts";
import { rule } from "../wire/schema-scalars.ts";

/** A day of the calendar as `2026-01-31`, from year 0001 to 9999. */
export type IsoDate = `${number}-${number}-${number}`;

export const firstDay: IsoDate = "0001-01-01";
export const lastDay: IsoDate = "9999-12-31";

const dayMs = 86_400_000;

/** Whether text is a day that the calendar has. */
export function isIsoDate(text: unknown): text is IsoDate {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text) || text < firstDay) return false;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && isoOfDay(ms / dayMs) === text;
}

/** The number of a day, counted from 1970-01-01. */
export function dayOfIso(date: IsoDate): number {
  return Date.parse(date) / dayMs;
}

/** The day of a number that was counted from 1970-01-01. */
export function isoOfDay(day: number): IsoDate {
  // An ISO time begins with its date, in UTC.
  return new Date(day * dayMs).toISOString().slice(0, 10) as IsoDate;
}

/** Decodes a day within limits. */
export function isoDate(min: IsoDate = firstDay, max: IsoDate = lastDay): Schema<IsoDate> {
  return rule(`a date from ${min} to ${max}`, (value) => isIsoDate(value) && value >= min && value <= max);
}
