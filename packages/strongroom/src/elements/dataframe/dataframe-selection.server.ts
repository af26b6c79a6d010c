import { badOption } from "../../worker/errors.ts";
import type { Columnar, Table } from "../table-data.server.ts";
import type { Choosing, DataframeAnswer } from "./dataframe.schema.ts";

/** `"single-row-required"`: always exactly one row, the first until the viewer chooses another. */
export type SelectionMode =
  | "single-row"
  | "single-row-required"
  | "multi-row"
  | "single-column"
  | "multi-column"
  | "single-cell"
  | "multi-cell";

export interface DataframeSelection<Column extends string = string> {
  /** Positions of the chosen rows in the data that was given, whatever the viewer's sorting. */
  readonly rows: readonly number[];
  /** Names of the chosen columns in the data. */
  readonly columns: readonly Column[];
  /** Position of the row and name of the column of each chosen cell. */
  readonly cells: readonly (readonly [row: number, column: Column])[];
}

export interface DataframeState<Column extends string = string> {
  readonly selection: DataframeSelection<Column>;
}

/** The names of the columns of some data, where its type says them. */
export type ColumnOf<D> = D extends Columnar | ReadonlyMap<string, unknown>
  ? string
  : D extends readonly (infer Row)[]
    ? ColumnOfRow<Row>
    : D extends { readonly columns: readonly (infer Name)[]; readonly rows: unknown }
      ? Name & string
      : keyof D & string;
type ColumnOfRow<Row> = Row extends readonly unknown[] | ReadonlyMap<string, unknown>
  ? string
  : Row extends object
    ? keyof Row & string
    : string;

const modes: Readonly<Record<SelectionMode, Choosing>> = {
  "single-row": { rows: "single" },
  "single-row-required": { rows: "required" },
  "multi-row": { rows: "multi" },
  "single-column": { columns: "single" },
  "multi-column": { columns: "multi" },
  "single-cell": { cells: "single" },
  "multi-cell": { cells: "multi" },
};

/** What the viewer may choose: at most one mode each for rows, columns and cells. */
export function choosingOf(mode: SelectionMode | readonly SelectionMode[]): Choosing {
  const wanted: readonly string[] = typeof mode === "string" ? [mode] : mode;
  let choosing: Choosing = {};
  for (const name of wanted) {
    const one = Object.hasOwn(modes, name) ? modes[name as SelectionMode] : undefined;
    const isTaken = one !== undefined && Object.keys(one).some((part) => part in choosing);
    if (one === undefined || isTaken) throw badMode();
    choosing = { ...choosing, ...one };
  }
  if (wanted.length > 0) return choosing;
  throw badMode();
}

function badMode(): Error {
  return badOption(
    "dataframe",
    "selectionMode",
    `at most one each for rows, columns and cells, of ${Object.keys(modes)
      .map((name) => `"${name}"`)
      .join(", ")}`,
  );
}

interface Choosable {
  readonly print: string;
  /** The columns that are shown. */
  readonly table: Table;
  readonly choosing: Choosing;
}

/** What is chosen in the wire's form, of what an author gave. What is not in the data, or cannot be chosen, is left out. */
export function answerFrom(given: unknown, { print, table, choosing }: Choosable): DataframeAnswer {
  const { rows, columns, cells } = partsOf(given);
  const names = new Set(table.columns.map(({ name }) => name));
  const isRow = (row: unknown): row is number =>
    Number.isInteger(row) && Number(row) >= 0 && Number(row) < table.count;
  const isColumn = (name: unknown): name is string => typeof name === "string" && names.has(name);
  const isCell = (cell: unknown): cell is readonly [number, string] =>
    Array.isArray(cell) && cell.length === 2 && isRow(cell[0]) && isColumn(cell[1]);
  const chosen = choosing.rows === undefined ? [] : listOf(rows).filter(isRow);
  const isMissing = choosing.rows === "required" && chosen.length === 0 && table.count > 0;
  return {
    of: print,
    rows: isMissing ? [0] : [...new Set(chosen)],
    columns: choosing.columns === undefined ? [] : [...new Set(listOf(columns).filter(isColumn))],
    cells: choosing.cells === undefined ? [] : listOf(cells).filter(isCell),
  };
}

interface Parts {
  readonly rows?: unknown;
  readonly columns?: unknown;
  readonly cells?: unknown;
}

function partsOf(given: unknown): Parts {
  const selection = (given as { readonly selection?: Parts | null } | null | undefined)?.selection;
  return selection ?? {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
