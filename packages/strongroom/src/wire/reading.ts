/** Tables out of viewers' files, read by a process that is thrown away: what is asked of it. */
import { s } from "./s.ts";
import type { Infer, Schema } from "./schema.ts";
import { fileId } from "./upload.ts";

export const readingLimits = {
  /** What is read at all. */
  fileBytes: 200_000_000,
  /** What the table that comes of it may weigh on its way to the worker. */
  resultBytes: 60_000_000,
  cells: 5_000_000,
  /** What an archive may hold once unpacked, and how many times more that is than its own size. */
  unpackedBytes: 500_000_000,
  unpackedRatio: 200,
  entries: 10_000,
  /** How long one file may take, in ms. */
  readMs: 20_000,
} as const;

const name = s.string({ maxLength: 300 });
const rows = s.optional(s.number({ min: 1, max: readingLimits.cells, integer: true }));

const csv = s.object({
  kind: s.literal("csv"),
  /** Found out where none is given. */
  delimiter: s.optional(s.string({ minLength: 1, maxLength: 1 })),
  /** The first line has the names of the columns. */
  header: s.boolean,
  /** Columns that hold nothing but numbers become numbers. */
  numbers: s.boolean,
  /** A name that TextDecoder knows. */
  encoding: s.optional(s.string({ minLength: 1, maxLength: 40 })),
  maxRows: rows,
});
const jsonLines = s.object({ kind: s.literal("jsonLines"), maxRows: rows });
const excel = s.object({
  kind: s.literal("excel"),
  sheet: s.union(name, s.number({ min: 0, max: 10_000, integer: true })),
  header: s.boolean,
  maxRows: rows,
});
const parquet = s.object({
  kind: s.literal("parquet"),
  columns: s.optional(s.array(name, { max: 10_000 })),
  maxRows: rows,
});

const members = { csv, jsonLines, excel, parquet } as const;
export const readingSchema: Schema<Reading> = s.variant("kind", members);
export type Reading = Infer<(typeof members)[keyof typeof members]>;

/** What a worker asks: a file of its session, and how it is to be read. */
export const parseSchema = s.object({ file: fileId, reading: readingSchema });
export type Parse = Infer<typeof parseSchema>;

/** What the process is told before the bytes come. */
export const jobSchema = s.object({ reading: readingSchema, size: s.number({ min: 0, integer: true }) });

/** A table by its columns, or why there is none: the sentence that its author reads. */
export type ReadTable =
  | {
      readonly ok: true;
      readonly names: readonly string[];
      readonly columns: readonly (readonly unknown[])[];
    }
  | { readonly ok: false; readonly message: string };
