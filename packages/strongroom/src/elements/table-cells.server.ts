import type { Cell, CellType } from "./table-data.schema.ts";

type Kind = CellType | "isoDate" | "isoDatetime";

const isoDate = /^\d{4}-\d\d-\d\d$/;
const isoDatetime = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?$/;
const dayMs = 86_400_000;

/** Finds the one type of a column and brings every cell into its form. */
export function typedCells(values: readonly unknown[]): { type: CellType; values: readonly Cell[] } {
  let kind: Kind | undefined;
  for (const value of values) {
    if (value === null || value === undefined) continue;
    kind = kind === undefined ? kindOf(value) : merged(kind, kindOf(value));
    if (kind === "text") break;
  }
  // Whole numbers of any size beside fractions: only a number holds both.
  if (kind === "bigint" && values.some((value) => typeof value === "number" && !Number.isInteger(value)))
    kind = "number";
  const type = typeOf(kind ?? "text");
  const isText = kind === "text" || kind === undefined;
  return { type, values: values.map((value) => (isText ? textCell(value) : cellOf(value, type))) };
}

function kindOf(value: unknown): Kind {
  switch (typeof value) {
    case "number":
      return "number";
    case "bigint":
      return "bigint";
    case "boolean":
      return "boolean";
    case "string":
      if (isoDate.test(value)) return isDay(value) ? "isoDate" : "text";
      return isoDatetime.test(value) && !Number.isNaN(parseDatetime(value)) ? "isoDatetime" : "text";
    case "object":
      if (value instanceof Date) return value.getTime() % dayMs === 0 ? "date" : "datetime";
      return "json";
    default:
      return "text";
  }
}

/** False for a day that no month has: it stays the text that it is. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The type that holds both kinds; what has nothing in common is text. */
function merged(a: Kind, b: Kind): Kind {
  if (a === b) return a;
  const both = [a, b].sort().join();
  if (both === "date,datetime") return "datetime";
  if (both === "isoDate,isoDatetime") return "isoDatetime";
  if (both === "bigint,number") return "bigint";
  return "text";
}

function typeOf(kind: Kind): CellType {
  if (kind === "isoDate") return "date";
  return kind === "isoDatetime" ? "datetime" : kind;
}

// The column's type says what each value is: the casts below rest on `kindOf` of every one of them.
function cellOf(value: unknown, type: CellType): Cell {
  if (value === null || value === undefined) return null;
  switch (type) {
    case "number":
      return Number.isFinite(Number(value)) ? Number(value) : null;
    case "bigint":
      return String(value as number | bigint);
    case "boolean":
      return value === true;
    case "date":
    case "datetime": {
      const time = value instanceof Date ? value.getTime() : parseDatetime(value as string);
      return Number.isNaN(time) ? null : time;
    }
    case "json":
      return jsonText(value);
    case "text":
      return textCell(value);
  }
}

function textCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  return typeof value === "object" ? jsonText(value) : String(value as number | bigint | boolean);
}

/** A time without a zone is read as UTC, so that every viewer sees what the author's data says. */
function parseDatetime(text: string): number {
  const iso = text.replace(" ", "T");
  return Date.parse(/[T]/.test(iso) && !/(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? `${iso}Z` : iso);
}

function jsonText(value: unknown): string {
  if (ArrayBuffer.isView(value)) return `${value.byteLength.toLocaleString("en")} bytes`;
  if (value instanceof Set) return jsonText([...value]);
  if (value instanceof Map) return jsonText(Object.fromEntries(value));
  try {
    return (
      JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? String(inner) : inner)) ?? ""
    );
  } catch {
    return "[circular]"; // an object that holds itself has no JSON
  }
}
