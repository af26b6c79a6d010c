import type { ColumnHead } from "../../wire/query-answer.ts";
import type { QueryValue } from "../../wire/query.ts";
import { bytesCell, floatCell, instantCell, integerCell, jsonCell } from "../cells.ts";

type ColumnType = ColumnHead["type"];

/** SQLite holds what it is given; what a column was declared as says what is meant. */
const declared: readonly (readonly [RegExp, ColumnType])[] = [
  [/^bool/i, "boolean"],
  [/^(datetime|timestamp)/i, "instant"],
  [/^date/i, "date"],
  [/^time/i, "time"],
  [/^json/i, "json"],
  [/int/i, "integer"],
  [/char|clob|text|uuid/i, "text"],
  [/blob/i, "bytes"],
  [/real|floa|doub|num|dec/i, "number"],
];

/** A column's type: as it was declared, or as its first value is. */
export function typeOf(declaration: string | null, first: unknown): ColumnType {
  const known = declared.find(([pattern]) => pattern.test(declaration ?? ""))?.[1];
  if (known !== undefined) return known;
  if (typeof first === "bigint") return "integer";
  if (typeof first === "number") return "number";
  return first instanceof Uint8Array ? "bytes" : "text";
}

export function fromSqlite(value: unknown, type: ColumnType): QueryValue {
  if (typeof value === "bigint") {
    if (type === "boolean" && (value === 0n || value === 1n)) return value === 1n;
    return integerCell(value);
  }
  if (value instanceof Uint8Array) return bytesCell(value);
  if (typeof value === "number") return floatCell(value);
  if (typeof value !== "string") return null;
  if (type === "instant") return instantCell(value);
  return type === "json" ? jsonCell(value) : value;
}

export function toSqlite(value: QueryValue): null | number | string | bigint | Uint8Array {
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value !== "object" || value === null) return value;
  if ("big" in value) return bigOrText(value.big);
  if ("bytes" in value) return Uint8Array.from(Buffer.from(value.bytes, "base64"));
  return "date" in value ? value.date : value.json;
}

/** Eight bytes hold no larger ones; as text they are compared by SQLite's own rules. */
function bigOrText(text: string): bigint | string {
  const value = BigInt(text);
  return BigInt.asIntN(64, value) === value ? value : text;
}
