import type { DuckDBDataChunk, DuckDBValue } from "@duckdb/node-api";
import type { ColumnHead } from "../../wire/query-answer.ts";
import type { QueryValue } from "../../wire/query.ts";
import { bytesCell, decimalCell, floatCell, integerCell, jsonCell } from "../cells.ts";

/** Numbers of DuckDB's types (`DuckDBTypeId`). */
const numbers: Readonly<Record<ColumnHead["type"], readonly number[]>> = {
  boolean: [1],
  integer: [2, 3, 4, 5, 6, 7, 8, 9, 16, 32, 35],
  number: [10, 11, 19],
  instant: [12, 20, 21, 22, 31],
  date: [13],
  time: [14, 15, 30, 39],
  bytes: [18],
  json: [24, 25, 26, 28, 33, 41],
  text: [],
};
const types = new Map<number, ColumnHead["type"]>();
for (const type of Object.keys(numbers) as ColumnHead["type"][])
  for (const id of numbers[type]) types.set(id, type);
/** JSON text, which DuckDB calls text by another name. */
export const jsonText = -1;
types.set(jsonText, "json");
/** How many of each instant's units are in a millisecond; as a divisor where they are longer. */
const units: Readonly<Record<number, readonly [field: string, multiply: bigint, divide: bigint]>> = {
  12: ["micros", 1n, 1_000n],
  20: ["seconds", 1_000n, 1n],
  21: ["millis", 1n, 1n],
  22: ["nanos", 1n, 1_000_000n],
  31: ["micros", 1n, 1_000n],
};
/** The span of the language's own dates, in ms. */
const mostMs = 8_640_000_000_000_000n;

export function typeOf(id: number): ColumnHead["type"] {
  return types.get(id) ?? "text";
}

/** A reader for each column of a chunk. `toJson` is the package's own: it knows all that nests. */
export interface ChunkReader {
  readonly ids: readonly number[];
  readonly toJson: (chunk: DuckDBDataChunk, column: number) => readonly unknown[];
}

export function readColumn(
  chunk: DuckDBDataChunk,
  column: number,
  { ids, toJson }: ChunkReader,
): QueryValue[] {
  const id = ids[column] ?? 0;
  if (typeOf(id) === "json" && id !== jsonText)
    return toJson(chunk, column).map((value) => (value === null ? null : { json: JSON.stringify(value) }));
  return chunk.getColumnValues(column).map((value) => fromDuckdb(value, id));
}

function fromDuckdb(value: DuckDBValue, id: number): QueryValue {
  if (typeof value === "string") return id === jsonText ? jsonCell(value) : value;
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number") return floatCell(value);
  if (typeof value === "bigint") return integerCell(value);
  const unit = units[id];
  if (unit !== undefined) return instantOf(value, unit);
  if ("bytes" in value && value.bytes instanceof Uint8Array) return bytesCell(value.bytes);
  const text = String(value);
  return id === 19 ? decimalCell(text) : text;
}

/** An instant in whole milliseconds, downwards; infinity is text. */
function instantOf(
  value: { toString(): string },
  [field, multiply, divide]: readonly [string, bigint, bigint],
): QueryValue {
  const count: unknown = Reflect.get(value, field);
  if (typeof count !== "bigint") return value.toString();
  const product = count * multiply;
  const ms = product / divide - (product % divide < 0n ? 1n : 0n);
  if (ms > mostMs || ms < -mostMs) return value.toString();
  return { date: new Date(Number(ms)).toISOString() };
}
