import { dateText } from "./cell-text.ts";

/** How a moment is written: a word of `momentWords`, or a pattern. */
export interface MomentHow {
  readonly type: "date" | "datetime" | "time";
  readonly format: string;
  /** UTC without one. */
  readonly timeZone?: string | undefined;
  /** What `distance` and `calendar` count from, in ms since 1970. Default: now. */
  readonly now?: number;
}

const dayMs = 86_400_000;

/** The text of a moment (ms since 1970) in the viewer's language. */
export function momentText(time: number, how: MomentHow, locale: string): string {
  if (Number.isNaN(new Date(time).getTime())) return "";
  switch (how.format) {
    case "iso":
      return isoText(time, how);
    case "distance":
      return distance(time - (how.now ?? Date.now()), locale);
    case "calendar":
      return calendar(time, how, locale);
    case "short":
    case "medium":
    case "long":
      return how.type !== "time" && how.timeZone === undefined
        ? dateText(time, { type: how.type, format: how.format }, locale)
        : styled(time, how, locale);
    default:
      return byPattern(time, how, locale);
  }
}

/** ms of the day of a text such as `14:30:00.5`; nothing where it is none. */
export function msOfDay(text: string): number | undefined {
  const parts = /^(\d{1,2}):(\d\d)(?::(\d\d)(\.\d{1,9})?)?$/.exec(text);
  if (parts === null) return undefined;
  const [, hours = "", minutes = "", seconds = "0", fraction = "0"] = parts;
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  return ms < dayMs ? ms + Math.floor(Number(fraction) * 1_000) : undefined;
}

function isoText(time: number, { type, timeZone }: MomentHow): string {
  const iso = onClock(time, timeZone).toISOString();
  if (type === "date") return iso.slice(0, 10);
  if (type === "time") return iso.slice(11, 19);
  return timeZone === undefined ? iso : `${iso.slice(0, 23)}${offsetText(time, timeZone)}`;
}

function offsetText(time: number, timeZone: string | undefined): string {
  const minutes = Math.round((onClock(time, timeZone).getTime() - time) / 60_000);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.trunc(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${locale} ${JSON.stringify(options)}`;
  let made = formatters.get(name);
  if (made === undefined) {
    if (formatters.size > 200) formatters.clear();
    formatters.set(name, (made = new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options })));
  }
  return made;
}

function written(locale: string, options: Intl.DateTimeFormatOptions, time: number | Date): string {
  return formatter(locale, options).format(time).replaceAll("\u202f", " ");
}

function styled(time: number, { type, format, timeZone }: MomentHow, locale: string): string {
  // Checked to be one of these by the one caller.
  const style = format as "short" | "medium" | "long";
  const zone = timeZone === undefined ? {} : { timeZone };
  if (type === "time")
    return written(locale, { timeStyle: style === "short" ? "short" : "medium", ...zone }, time);
  const clock = type === "datetime" ? { timeStyle: "short" as const } : {};
  return written(locale, { dateStyle: style, ...clock, ...zone }, time);
}

/** The moment whose UTC reads as the clock of that zone does. */
function onClock(time: number, timeZone: string | undefined): Date {
  if (timeZone === undefined) return new Date(time);
  const parts = formatter("en-US", {
    timeZone,
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(time);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const clock = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return new Date(clock + (((time % 1_000) + 1_000) % 1_000));
}

/** Units of a distance: each from how many ms on. */
const units = [
  ["year", 365 * dayMs],
  ["month", 30 * dayMs],
  ["day", dayMs],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

function distance(ms: number, locale: string): string {
  const [unit, size] = units.find(([, least]) => Math.abs(ms) >= least) ?? ["second", 1_000];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.round(ms / size), unit);
}

/** Days near today by their name, others as a date. */
function calendar(time: number, how: MomentHow, locale: string): string {
  const now = how.now ?? Date.now();
  const there = onClock(time, how.timeZone);
  const day = Math.floor(there.getTime() / dayMs);
  const days = day - Math.floor(onClock(now, how.timeZone).getTime() / dayMs);
  if (Math.abs(days) > 6) return momentText(time, { ...how, format: "medium" }, locale);
  const name =
    Math.abs(days) < 2
      ? new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day")
      : written(locale, { weekday: "long" }, there);
  return how.type === "date" ? name : `${name}, ${written(locale, { timeStyle: "short" }, there)}`;
}

const token = /\[[^[\]]*\]|YYYY|YY|MMMM|MMM|MM|M|DD|D|dddd|ddd|HH|H|hh|h|mm|m|SSS|ss|s|A|a|Z/g;

/** Patterns such as `D MMM YYYY, HH:mm`; what stands in brackets stays as it is. */
function byPattern(time: number, { format, timeZone }: MomentHow, locale: string): string {
  const clock = onClock(time, timeZone);
  return format.replace(token, (found) => {
    if (found.startsWith("[")) return found.slice(1, -1);
    return found === "Z" ? offsetText(time, timeZone) : part(clock, found, locale);
  });
}

function part(clock: Date, name: string, locale: string): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const hour = clock.getUTCHours();
  switch (name) {
    case "YYYY":
      return String(clock.getUTCFullYear()).padStart(4, "0");
    case "YY":
      return two(clock.getUTCFullYear() % 100);
    case "MMMM":
      return written(locale, { month: "long" }, clock);
    case "MMM":
      return written(locale, { month: "short" }, clock);
    case "MM":
      return two(clock.getUTCMonth() + 1);
    case "M":
      return String(clock.getUTCMonth() + 1);
    case "DD":
      return two(clock.getUTCDate());
    case "D":
      return String(clock.getUTCDate());
    case "dddd":
      return written(locale, { weekday: "long" }, clock);
    case "ddd":
      return written(locale, { weekday: "short" }, clock);
    default:
      return clockPart(name, clock, { hour, two });
  }
}

interface Clock {
  readonly hour: number;
  readonly two: (value: number) => string;
}

function clockPart(name: string, clock: Date, { hour, two }: Clock): string {
  switch (name) {
    case "HH":
      return two(hour);
    case "H":
      return String(hour);
    case "hh":
      return two(hour % 12 || 12);
    case "h":
      return String(hour % 12 || 12);
    case "mm":
      return two(clock.getUTCMinutes());
    case "m":
      return String(clock.getUTCMinutes());
    case "ss":
      return two(clock.getUTCSeconds());
    case "s":
      return String(clock.getUTCSeconds());
    case "SSS":
      return String(clock.getUTCMilliseconds()).padStart(3, "0");
    case "A":
      return hour < 12 ? "AM" : "PM";
    case "a":
      return hour < 12 ? "am" : "pm";
    default:
      return "";
  }
}
