/** How what databases write becomes values that travel: the same rules for every driver. */
import type { QueryValue } from "../wire/query.ts";

/** A whole number: a number where a double holds it. */
export function integerCell(value: bigint | string): QueryValue {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : { big: value.toString() };
}

export function floatCell(value: number): QueryValue {
  return Number.isFinite(value) ? value : String(value);
}

/** A decimal: a number where it has so few digits that a double shows it as it is, else its text. */
export function decimalCell(text: string): QueryValue {
  const digits = /^-?0*(\d*)\.?(\d*)$/.exec(text);
  if (digits === null) return text; // NaN, or an exponent
  const [, whole = "", fraction = ""] = digits;
  const significant = whole === "" ? fraction.replace(/^0+/, "") : whole + fraction;
  return significant.replace(/0+$/, "").length <= 15 && significant.length <= 300 ? Number(text) : text;
}

const instant =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[ T](\d{2}:\d{2})(:\d{2})?(?:\.(\d+))?(?:Z|\+00(?::?00)?)?$/;

/** An instant, from text without a zone or in UTC; what is none (`infinity`, years before Christ) stays text. */
export function instantCell(text: string): QueryValue {
  const parts = instant.exec(text);
  if (parts === null) return text;
  const [, day = "", minute = "", second = ":00", fraction = ""] = parts;
  return { date: `${day}T${minute}${second}.${fraction.slice(0, 3).padEnd(3, "0")}Z` };
}

export function bytesCell(bytes: Uint8Array): QueryValue {
  return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64") };
}

/** JSON text; what cannot be read as such stays text. */
export function jsonCell(text: string): QueryValue {
  try {
    JSON.parse(text);
    return { json: text };
  } catch {
    return text;
  }
}

/** A value inside JSON: what JSON lacks is written as text. */
export function insideJson(value: QueryValue): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("json" in value) return JSON.parse(value.json);
  return Object.values(value)[0];
}
