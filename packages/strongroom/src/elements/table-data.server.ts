import { StrongroomError, badOption } from "../worker/errors.ts";
import { offer } from "../worker/offer.ts";
import { tableLimits, type Cell, type CellType, type TableData } from "./table-data.schema.ts";
import { isPending } from "./check-options.server.ts";
import { typedCells } from "./table-cells.server.ts";

/**
 * What can be shown as a table: a list of row objects, a list of lists or of single values, `{ columns, rows }` as
 * databases answer, lists by column name (an object or a `Map`), or a table of Apache Arrow.
 */
export type TableInput =
  | readonly object[]
  | readonly (string | number | boolean | bigint | null)[]
  | { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }
  | { readonly [column: string]: readonly unknown[] }
  | ReadonlyMap<string, readonly unknown[]>
  | Columnar;

/** A table whose columns are typed: what every element that shows data works on. */
export interface Table {
  readonly count: number;
  readonly columns: readonly TableColumn[];
}

export interface TableColumn {
  readonly name: string;
  readonly type: CellType;
  readonly values: readonly Cell[];
}

interface RawColumn {
  readonly name: string;
  readonly values: unknown[];
}

/** What a value that stands in a cell is read as. */
export type RawCell = (value: unknown) => unknown;

/** Reads what the author gave as a table; each column gets one type, after `raw` has changed what stands in it. */
export function tableOf(
  element: string,
  data: unknown,
  raw: (column: string) => RawCell | undefined = () => undefined,
): Table {
  const { count, columns } = rawTable(element, data);
  if (columns.length > tableLimits.columns)
    throw tooLarge(element, `${tableLimits.columns.toLocaleString("en")} columns`);
  if (count > tableLimits.rows) throw tooLarge(element, `${tableLimits.rows.toLocaleString("en")} rows`);
  return {
    count,
    columns: columns.map(({ name, values }) => ({
      name: name.slice(0, tableLimits.nameChars),
      ...typedCells(changed(values, raw(name))),
    })),
  };
}

/** Columns that an author's options name, before it is known whether the data have them. */
export interface AskedColumns {
  readonly names: readonly (string | undefined)[];
  /** Those of them that are to hold numbers. */
  readonly numbers?: readonly string[];
}

/** A list without rows, which is what a query answers that finds nothing, tells no columns: those asked for are there, empty. */
export function withAsked(table: Table, { names, numbers = [] }: AskedColumns): Table {
  if (table.columns.length > 0 || table.count > 0) return table;
  const all = new Set([...names, ...numbers].filter((name) => name !== undefined));
  const columns = [...all].map((name): TableColumn => {
    return { name, type: numbers.includes(name) ? "number" : "text", values: [] };
  });
  return { count: 0, columns };
}

function changed(values: readonly unknown[], raw: RawCell | undefined): readonly unknown[] {
  if (raw === undefined) return values;
  return values.map((value) => (value === null || value === undefined ? null : raw(value)));
}

function rawTable(element: string, data: unknown): { count: number; columns: readonly RawColumn[] } {
  if (Array.isArray(data)) return fromList(data);
  if (isPending(data))
    throw badOption(element, "data", "what is there; this is still to come: write `await` before it");
  if (typeof data !== "object" || data === null) throw notATable(element);
  if (isColumnar(data)) return fromVectors(data);
  if (data instanceof Map) return fromColumns(element, Object.fromEntries(data));
  if (isIterable(data)) return fromList([...data]);
  const { columns, rows } = data as { columns?: unknown; rows?: unknown };
  if (Array.isArray(columns) && Array.isArray(rows) && rows.every((row) => Array.isArray(row))) {
    return fromLists(columns.map(String), rows as unknown[][]);
  }
  return fromColumns(element, data);
}

function fromList(list: readonly unknown[]): { count: number; columns: readonly RawColumn[] } {
  const first = list.find((row) => row !== null && row !== undefined);
  if (Array.isArray(first)) {
    const width = Math.max(...list.map((row) => (Array.isArray(row) ? row.length : 0)));
    return fromLists(
      Array.from({ length: width }, (_, at) => `${at + 1}`),
      list as unknown[][],
    );
  }
  if (typeof first === "object" && !(first instanceof Date)) return fromRows(list);
  return { count: list.length, columns: first === undefined ? [] : [{ name: "value", values: [...list] }] };
}

/** Columns in the order in which the rows name them first. */
function fromRows(rows: readonly unknown[]): { count: number; columns: readonly RawColumn[] } {
  const columns: RawColumn[] = [];
  const byName = new Map<string, unknown[]>();
  for (let at = 0; at < rows.length; at++) {
    const given = rows[at];
    const row = (given instanceof Map ? Object.fromEntries(given) : given) as
      | Record<string, unknown>
      | null
      | undefined;
    for (const name of Object.keys(row ?? {})) {
      let values = byName.get(name);
      if (values === undefined) {
        byName.set(name, (values = new Array<unknown>(rows.length).fill(null)));
        columns.push({ name, values });
      }
      values[at] = row?.[name];
    }
  }
  return { count: rows.length, columns };
}

function fromLists(
  names: readonly string[],
  rows: readonly (readonly unknown[])[],
): { count: number; columns: readonly RawColumn[] } {
  return {
    count: rows.length,
    columns: names.map((name, at) => ({ name, values: rows.map((row) => row?.[at]) })),
  };
}

function fromColumns(element: string, data: object): { count: number; columns: readonly RawColumn[] } {
  const entries = Object.entries(data);
  // A date, an error or a pattern holds nothing that has a name.
  if (entries.length === 0 && Object.getPrototypeOf(data) !== Object.prototype) throw notATable(element);
  if (!entries.every(([, values]) => Array.isArray(values) || ArrayBuffer.isView(values)))
    throw notATable(element);
  const columns = entries.map(([name, values]) => ({ name, values: [...(values as Iterable<unknown>)] }));
  const count = Math.max(0, ...columns.map(({ values }) => values.length));
  for (const { values } of columns) while (values.length < count) values.push(null);
  return { count, columns };
}

/** A table of Apache Arrow, by what it can do. */
export interface Columnar {
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  readonly numRows: number;
  readonly getChild: (name: string) => Iterable<unknown> | null;
}

function isColumnar(data: object): data is Columnar {
  return "schema" in data && "numRows" in data && "getChild" in data && typeof data.getChild === "function";
}

function fromVectors(data: Columnar): { count: number; columns: readonly RawColumn[] } {
  const columns = data.schema.fields.map(({ name }) => ({ name, values: [...(data.getChild(name) ?? [])] }));
  return { count: data.numRows, columns };
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

/**
 * Makes a table ready to travel: small ones in the page, large ones as their first rows, with a handle under which the
 * browser fetches the whole.
 */
export function shipTable(element: string, table: Table, firstRows: number): TableData {
  const { count } = table;
  const columns = table.columns.map(({ name, type }) => ({ name, type }));
  const values = table.columns.map((column) => column.values);
  if (count * columns.length <= tableLimits.cellsInPage) return { count, columns, values };
  const bytes = Buffer.from(JSON.stringify(values));
  if (bytes.length > tableLimits.bytes) throw tooLarge(element, `${tableLimits.bytes / 1_000_000} MB`);
  const handle = offer({ bytes, mime: "application/json" });
  const first = Math.max(
    0,
    Math.min(firstRows, Math.floor(tableLimits.cellsInPage / Math.max(1, columns.length))),
  );
  return { count, columns, values: values.map((column) => column.slice(0, first)), handle };
}

function tooLarge(element: string, most: string): StrongroomError {
  return new StrongroomError(
    "ERR_TOO_LARGE",
    `st.${element} shows at most ${most}; select, group or page in the query.`,
  );
}

interface NamedColumn {
  readonly element: string;
  readonly option: string;
  readonly name: string;
}

function notATable(element: string): StrongroomError {
  return badOption(
    element,
    "data",
    "a list of row objects (one row alone is `[row]`), { columns, rows }, or lists by column name",
  );
}

/** The position of a column that the author named in an option of an element; says which there are when it is none of them. */
export function columnNamed({ element, option, name }: NamedColumn, table: Table): number {
  const at = table.columns.findIndex((column) => column.name === name);
  if (at >= 0) return at;
  const names = table.columns.slice(0, 20).map((column) => `"${column.name}"`);
  throw badOption(
    element,
    option,
    names.length === 0 ? "a column of the data, which has none" : `one of the columns ${names.join(", ")}`,
  );
}
