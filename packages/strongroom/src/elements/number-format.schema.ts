import { s } from "../wire/s.ts";
import type { Schema } from "../wire/schema.ts";

/** Ways to write a number, by name. `"percent"` takes a share: 0.25 is 25 %; `"duration"` takes seconds. */
export const numberPresets = [
  "plain",
  "localized",
  "percent",
  "dollar",
  "euro",
  "yen",
  "accounting",
  "bytes",
  "compact",
  "scientific",
  "engineering",
  "duration",
] as const;
export type NumberPreset = (typeof numberPresets)[number];

/** A name, or a printf pattern with one number in it: `"%.1f km"`. A percent sign is written `%%`. */
export type NumberFormat = NumberPreset | `${string}%${string}`;

/** The parts of a printf pattern: text, flags, width, digits, kind, text. */
export const printfPattern =
  /^((?:[^%]|%%){0,60})%([-+ 0,]{0,5})(\d{0,2})(?:\.(\d{1,2}))?([deEfgGiuxX])((?:[^%]|%%){0,60})$/;

const preset = s.literal(...numberPresets);
const printf = s.string({ maxLength: 140, pattern: printfPattern });

export const numberFormat: Schema<NumberFormat> = s.union(preset, printf) as Schema<NumberFormat>;

/** What a number format may be, in words for an author. */
export const numberFormatWords = `${numberPresets.map((name) => `"${name}"`).join(", ")}, or a pattern like "%.1f km"`;
