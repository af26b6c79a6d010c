import { s } from "../wire/s.ts";
import type { Infer, Json, Schema } from "../wire/schema.ts";

/** What a column holds: found once for the whole column, on the server. */
export const cellTypes = ["text", "number", "bigint", "boolean", "date", "datetime", "json"] as const;
export type CellType = (typeof cellTypes)[number];

/**
 * One cell as it travels. Dates are milliseconds since 1970 in UTC, big integers their digits, objects their JSON;
 * what is missing is `null`.
 */
export type Cell = null | boolean | number | string;

/** The limits of a table. */
export const tableLimits = {
  columns: 1_000,
  rows: 1_000_000,
  nameChars: 1_000,
  /** Cells that travel in the page; larger tables send their first rows in it and the rest by handle. */
  cellsInPage: 2_000,
  /** The whole table, as JSON. */
  bytes: 100_000_000,
} as const;

const values = s.json({ maxDepth: 2, maxNodes: 50_000 }) as Schema<Json> as Schema<
  readonly (readonly Cell[])[]
>;

export const tableData = s.object({
  /** Rows in all. */
  count: s.number({ min: 0, max: tableLimits.rows, integer: true }),
  columns: s.array(
    s.object({ name: s.string({ maxLength: tableLimits.nameChars }), type: s.literal(...cellTypes) }),
    { max: tableLimits.columns },
  ),
  /** A list of cells for each column: all of them, or the first where `handle` names the whole. */
  values,
  handle: s.optional(s.string({ minLength: 43, maxLength: 43, pattern: /^[A-Za-z0-9_-]{43}$/ })),
});

/** A table as it travels: column after column. */
export type TableData = Infer<typeof tableData>;

/** Decodes the whole of a table that was fetched by its handle. */
export function wholeTable(columns: number, rows: number): Schema<readonly (readonly Cell[])[]> {
  const expected = `${columns} columns of ${rows} cells`;
  const isCell = (cell: unknown): boolean => cell === null || typeof cell !== "object";
  const isColumn = (column: unknown): boolean =>
    Array.isArray(column) && column.length === rows && column.every(isCell);
  return {
    expected,
    check: (whole, at) =>
      Array.isArray(whole) && whole.length === columns && whole.every(isColumn)
        ? undefined
        : { at, expected },
  };
}
