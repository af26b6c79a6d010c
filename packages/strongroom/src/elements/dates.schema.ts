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

/** A time of day as `14:30`, or `14:30:15` where seconds count. */
export type IsoTime = `${number}:${number}` | `${number}:${number}:${number}`;

/** A time on a day as `2026-01-31T14:30`: the clock on the wall, of no zone. */
export type IsoDateTime = `${IsoDate}T${IsoTime}`;

/** The seconds since midnight of a time of day; nothing where the text is none. */
export function secondsOfTime(text: string): number | undefined {
  const [, hours, minutes, seconds = "0"] = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}

/** The time of day so many seconds after midnight. */
export function timeOfSeconds(seconds: number): IsoTime {
  return timeOf(new Date(seconds * 1_000).toISOString());
}

/** The seconds of a time on a day, counted from 1970-01-01T00:00; nothing where the text is none. */
export function secondsOfDateTime(text: string): number | undefined {
  const [date, time = "", more] = text.split("T");
  const seconds = secondsOfTime(time);
  return seconds === undefined || more !== undefined || !isIsoDate(date)
    ? undefined
    : dayOfIso(date) * 86_400 + seconds;
}

/** The time on a day so many seconds after 1970-01-01T00:00. */
export function dateTimeOfSeconds(seconds: number): IsoDateTime {
  const iso = new Date(seconds * 1_000).toISOString();
  // An ISO time begins with its date.
  return `${iso.slice(0, 10) as IsoDate}T${timeOf(iso)}`;
}

function timeOf(iso: string): IsoTime {
  // Digits and colons stand in these places of every ISO time.
  return iso.slice(11, iso.slice(17, 19) === "00" ? 16 : 19) as IsoTime;
}
