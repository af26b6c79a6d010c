import type { Parse, Reading, ReadTable } from "../wire/reading.ts";
import { s } from "../wire/s.ts";
import { decode as decodeJson, type Schema } from "../wire/schema.ts";
import { decode } from "./codec.ts";
import { StrongroomError } from "./errors.ts";
import { currentRun } from "./run.ts";

/** One row of a table out of a file. */
export type FileRow = Readonly<Record<string, unknown>>;

export interface RowsOption {
  /** No more rows are read than these. Default: all. */
  readonly maxRows?: number;
}

export interface CsvOptions extends RowsOption {
  /** What stands between two fields. Default: found out. */
  readonly delimiter?: string;
  /** The first line has the names of the columns. Default `true`. */
  readonly header?: boolean;
  /** Columns that hold nothing but numbers become numbers. Default `true`. */
  readonly numbers?: boolean;
  /** How its text is written, such as `"windows-1252"`. Default: UTF-8, or UTF-16 where a mark at its beginning says so. */
  readonly encoding?: string;
}

export interface ExcelOptions extends RowsOption {
  /** By name, or by number from 0. Default: the first. */
  readonly sheet?: string | number;
  /** The first row has the names of the columns. Default `true`. */
  readonly header?: boolean;
}

export interface ParquetOptions extends RowsOption {
  /** Default: all. */
  readonly columns?: readonly string[];
}

const list: Schema<readonly unknown[]> = {
  expected: "a list",
  check: (value, at) => (Array.isArray(value) ? undefined : { at, expected: "a list" }),
};
const tableSchema: Schema<ReadTable> = s.union(
  s.object({
    ok: s.literal(true),
    names: s.array(s.string({ maxLength: 100_000 }), { max: 100_000 }),
    columns: s.array(list, { max: 100_000 }),
  }),
  s.object({ ok: s.literal(false), message: s.string({ maxLength: 1_000 }) }),
);

/** Reads a file as rows, in a process that is thrown away afterwards. */
export async function readRows(
  file: { readonly fileId: string; readonly name: string },
  reading: Reading,
): Promise<readonly FileRow[]> {
  const { number, services } = currentRun().session;
  const parse: Parse = { file: file.fileId, reading };
  const bytes = await services.readTable(number, parse);
  const fail = (why: string): StrongroomError =>
    new StrongroomError("ERR_FILE_FORMAT", `${file.name}: ${why}`);
  if (bytes === undefined)
    throw fail("It could not be read: it is gone, or reading it took too much time or memory.");
  const decoded = decodeJson(tableSchema, decode(bytes));
  if (!decoded.ok) throw fail("It could not be read.");
  const table = decoded.value;
  if (!table.ok) throw fail(table.message);
  const { names, columns } = table;
  const count = columns[0]?.length ?? 0;
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(names.map((name, column) => [name, columns[column]?.[row] ?? null])),
  );
}
