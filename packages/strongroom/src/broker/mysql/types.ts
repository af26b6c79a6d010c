import type * as mysql2 from "mysql2";
import type { ColumnHead } from "../../wire/query-answer.ts";
import type { QueryValue } from "../../wire/query.ts";
import { bytesCell, decimalCell, floatCell, instantCell, integerCell, jsonCell } from "../cells.ts";

/** What mysql2 says of a column. */
export interface Field {
  readonly name: string;
  readonly columnType?: number;
  readonly characterSet?: number;
  /** MariaDB says there that a column of text holds JSON. */
  readonly extendedFormat?: string;
}

/** Numbers of the protocol's column types. */
const types: Readonly<Record<number, ColumnHead["type"]>> = {
  0: "number", // decimal
  1: "integer",
  2: "integer",
  3: "integer",
  4: "number",
  5: "number",
  7: "instant",
  8: "integer",
  9: "integer",
  10: "date",
  11: "time",
  12: "instant",
  13: "integer", // year
  14: "date",
  16: "bytes", // bit
  245: "json",
  246: "number",
};
const decimals = new Set([0, 246]);
/** Blobs and strings; those of the character set `binary` are bytes. */
const binary = 63;

export function typeOf({ columnType = -1, characterSet, extendedFormat }: Field): ColumnHead["type"] {
  if (extendedFormat === "json") return "json";
  return types[columnType] ?? (characterSet === binary ? "bytes" : "text");
}

/** How a column's values are read, which are numbers, texts or bytes by then. */
export function readerOf(field: Field): (value: unknown) => QueryValue {
  const type = typeOf(field);
  const isDecimal = decimals.has(field.columnType ?? -1);
  return (value) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Uint8Array) return bytesCell(value);
    if (typeof value === "number") return floatCell(value);
    if (typeof value !== "string") return JSON.stringify(value); // a shape: points and their like
    switch (type) {
      case "integer":
        return integerCell(value);
      case "number":
        return isDecimal ? decimalCell(value) : value;
      case "instant":
        return instantCell(value);
      case "json":
        return jsonCell(value);
      default:
        return value;
    }
  };
}

/** A value as mysql2 sends it: whole numbers as such, where it would send every number as a double. */
export function toMysql(
  value: QueryValue,
  { TypedParameter: { LONGLONG } }: Pick<typeof mysql2, "TypedParameter">,
): unknown {
  if (typeof value === "number") return Number.isSafeInteger(value) ? LONGLONG(BigInt(value)) : value;
  if (typeof value !== "object" || value === null) return value;
  if ("bytes" in value) return Buffer.from(value.bytes, "base64");
  if ("date" in value) return value.date.slice(0, -1).replace("T", " ");
  return "big" in value ? value.big : value.json;
}
