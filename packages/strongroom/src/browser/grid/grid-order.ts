import type { Cell, CellType } from "../../elements/table-data.schema.ts";
import { shownText, type GridColumn } from "./grid-column.ts";

/** By which column rows are sorted. */
export interface Sorting {
  readonly column: number;
  readonly descending: boolean;
}

/** The next order on a click: up, down, as the data came. */
export function nextSorting(sorting: Sorting | undefined, column: number): Sorting | undefined {
  if (sorting?.column !== column) return { column, descending: false };
  return sorting.descending ? undefined : { column, descending: true };
}

/** Positions of the rows that are shown, in order; nothing when that is all of them as they came. */
export function rowOrder(
  columns: readonly GridColumn[],
  count: number,
  how: { readonly sorting: Sorting | undefined; readonly search: string; readonly locale: string },
): Uint32Array | undefined {
  const { sorting, search, locale } = how;
  const column = sorting === undefined ? undefined : columns[sorting.column];
  const words = search.trim().toLowerCase();
  if (column === undefined && words === "") return undefined;
  const rows =
    words === ""
      ? Uint32Array.from({ length: count }, (_, row) => row)
      : matching(columns, count, { words, locale });
  if (column === undefined || sorting === undefined) return rows;
  return sorted(rows, column, { descending: sorting.descending, locale });
}

function matching(
  columns: readonly GridColumn[],
  count: number,
  { words, locale }: Omit<Sought, "digits">,
): Uint32Array {
  // Viewers type numbers as they read them: in groups.
  const digits = /^[\d.,'\s-]+$/.test(words) ? words.replace(/[,'\s]/g, "") : words;
  const finders = columns.map((column) => finder(column, { words, digits, locale }));
  const rows = new Uint32Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) if (finders.some((finds) => finds(row))) rows[found++] = row;
  return rows.subarray(0, found);
}

interface Sought {
  readonly words: string;
  readonly digits: string;
  readonly locale: string;
}

/** Says of a row whether this column has the words. Only what is drawn otherwise than it is gets put into words. */
function finder(column: GridColumn, { words, digits, locale }: Sought): (row: number) => boolean {
  const { cells, type, as } = column;
  const isNumber = type === "number" || type === "bigint";
  const isWorded = (as !== undefined && as.type !== "markdown") || type === "date" || type === "datetime";
  return (row) => {
    const cell = cells[row] ?? null;
    if (cell === null || type === "boolean") return false;
    if (isNumber && plainNumber(cell, column).includes(digits)) return true;
    if (isWorded) return shownText(column, cell, locale).toLowerCase().includes(words);
    return !isNumber && String(cell).toLowerCase().includes(words);
  };
}

/** The digits that are seen: formatting all of them in the viewer's language would take a second. */
function plainNumber(cell: Cell, { digits }: GridColumn): string {
  return typeof cell === "number" ? cell.toFixed(digits.fraction) : String(cell);
}

/** Sorts stably, what is missing last in both directions. */
function sorted(
  rows: Uint32Array,
  { cells, type }: GridColumn,
  { descending, locale }: { readonly descending: boolean; readonly locale: string },
): Uint32Array {
  const compare = comparing(type, locale);
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const left = cells[a] ?? null;
    const right = cells[b] ?? null;
    if (left === null || right === null) return left === right ? a - b : left === null ? 1 : -1;
    return sign * compare(left, right) || a - b;
  });
}

function comparing(type: CellType, locale: string): (a: Cell, b: Cell) => number {
  switch (type) {
    case "number":
    case "date":
    case "datetime":
    case "boolean":
      return (a, b) => Number(a) - Number(b);
    case "bigint":
      return (a, b) => {
        const left = BigInt(String(a));
        const right = BigInt(String(b));
        return left < right ? -1 : Number(left > right);
      };
    case "text":
    case "json": {
      const collator = new Intl.Collator(locale, { numeric: true });
      return (a, b) => collator.compare(String(a), String(b));
    }
  }
}
