import { chartLimits } from "./chart.schema.ts";
import { StrongroomError } from "../worker/errors.ts";
import type { Cell } from "./table-data.schema.ts";
import type { TableColumn } from "./table-data.server.ts";

/** A place on the axis for each row, and the numbers of each series there. */
export interface SeriesTable {
  readonly x: TableColumn;
  readonly values: readonly TableColumn[];
}

type Numbers = (number | null)[];

/** Makes each value of a column a series of its own. What meets at one place is added up. */
export function pivoted(element: string, { x, values }: SeriesTable, by: TableColumn): SeriesTable {
  const places = new Places(x);
  const series = new Map<string, Numbers>();
  const many = values.length > 1;
  for (let at = 0; at < by.values.length; at++) {
    const group = String(by.values[at] ?? "(none)");
    for (const column of values) {
      const name = many ? `${group}, ${column.name}` : group;
      let numbers = series.get(name);
      if (numbers === undefined) {
        if (series.size >= chartLimits.series) throw tooManyGroups(element, by.name);
        series.set(name, (numbers = []));
      }
      places.add(numbers, at, column.values[at] ?? null);
    }
  }
  return places.table([...series]);
}

/** Adds up what each series has at one place, so that each place stands once on the axis. */
export function added({ x, values }: SeriesTable): SeriesTable {
  if (new Set(x.values).size === x.values.length) return { x, values };
  const places = new Places(x);
  return places.table(
    values.map((column) => {
      const numbers: Numbers = [];
      for (let at = 0; at < column.values.length; at++) places.add(numbers, at, column.values[at] ?? null);
      return [column.name, numbers];
    }),
  );
}

/** The different places along the axis, in the order in which the data name them. */
class Places {
  readonly #x: TableColumn;
  readonly #index = new Map<Cell, number>();

  constructor(x: TableColumn) {
    this.#x = x;
    for (const place of x.values) if (!this.#index.has(place)) this.#index.set(place, this.#index.size);
  }

  /** Adds the cell of a row to the sum at that row's place. */
  add(sums: Numbers, row: number, cell: Cell): void {
    const place = this.#index.get(this.#x.values[row] ?? null);
    if (place !== undefined && typeof cell === "number") sums[place] = (sums[place] ?? 0) + cell;
  }

  table(series: readonly (readonly [string, Numbers])[]): SeriesTable {
    const x: TableColumn = { ...this.#x, values: [...this.#index.keys()] };
    const values = series.map(([name, sums]): TableColumn => ({
      name,
      type: "number",
      values: x.values.map((_, at) => sums[at] ?? null),
    }));
    return { x, values };
  }
}

/** Numbers and dates in their order; text as the data give it. */
export function sortedNaturally(series: SeriesTable): SeriesTable {
  const { type } = series.x;
  return type === "text" || type === "json" ? series : sortedBy(series, series.x.values, false);
}

/** The rows in the order of some cells, one for each row; what is missing comes last. */
export function sortedBy(series: SeriesTable, cells: readonly Cell[], descending: boolean): SeriesTable {
  const order = cells
    .map((_, at) => at)
    .sort((a, b) => compareCells(cells[a] ?? null, cells[b] ?? null, descending));
  if (order.every((row, at) => row === at)) return series;
  return rowsAt(series, order);
}

const collator = new Intl.Collator("en", { numeric: true });

function compareCells(a: Cell, b: Cell, descending: boolean): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  const order =
    typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
  return descending ? -order : order;
}

function rowsAt({ x, values }: SeriesTable, rows: readonly number[]): SeriesTable {
  const pick = (column: TableColumn): TableColumn => ({
    ...column,
    values: rows.map((row) => column.values[row] ?? null),
  });
  return { x: pick(x), values: values.map(pick) };
}

/**
 * A long line in fewer points: of each stretch the first, the last, and the lowest and highest of every series, so that
 * no peak is lost. Lines over names are left as they are.
 */
export function thinned(series: SeriesTable, most: number): SeriesTable {
  const { x, values } = series;
  const count = x.values.length;
  if (count * values.length <= most || x.type === "text" || x.type === "json") return series;
  const stretches = Math.max(20, Math.floor(most / (values.length * (2 + 2 * values.length))));
  const size = Math.ceil(count / stretches);
  if (size < 3) return series;
  const rows = new Set<number>();
  for (let start = 0; start < count; start += size) {
    const end = Math.min(count, start + size);
    rows.add(start).add(end - 1);
    for (const { values: cells } of values) for (const row of extremes(cells, start, end)) rows.add(row);
  }
  return rowsAt(
    series,
    [...rows].sort((a, b) => a - b),
  );
}

function extremes(cells: readonly Cell[], start: number, end: number): number[] {
  let low = start;
  let high = start;
  for (let row = start; row < end; row++) {
    const cell = cells[row];
    if (typeof cell !== "number") continue;
    if (!(cell >= Number(cells[low] ?? Infinity))) low = row;
    if (!(cell <= Number(cells[high] ?? -Infinity))) high = row;
  }
  return [low, high];
}

function tooManyGroups(element: string, column: string): StrongroomError {
  return new StrongroomError(
    "ERR_TOO_LARGE",
    `st.${element} draws at most ${chartLimits.series} series, and the column "${column}" has more values; group the rest in the query.`,
  );
}
