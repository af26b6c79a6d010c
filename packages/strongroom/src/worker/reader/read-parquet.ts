import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import {
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type AsyncBuffer,
  type SchemaTree,
} from "hyparquet";
import { readingLimits, type ReadTable, type Reading } from "../../wire/reading.ts";
import { checkCells, listed, ReadProblem } from "./read-problem.ts";

type Unpack = (packed: Uint8Array, options: { maxOutputLength: number }) => Uint8Array;

/** Reads the columns of a Parquet file; what is packed may unpack to what it says, and no more. */
export async function readParquet(
  bytes: Buffer,
  { columns, maxRows }: Extract<Reading, { kind: "parquet" }>,
): Promise<ReadTable> {
  const file: AsyncBuffer = {
    byteLength: bytes.length,
    slice: (from, to) => new Uint8Array(bytes.subarray(from, to)).buffer,
  };
  const metadata = await parquetMetadataAsync(file);
  const all = metadata.schema.filter(({ num_children: children }) => children === undefined).length;
  if (columns !== undefined) checkNames(columns, parquetSchema(metadata));
  const rowEnd = Math.min(Number(metadata.num_rows), maxRows ?? Infinity);
  checkCells(rowEnd, columns?.length ?? all);
  const unpacked = metadata.row_groups.reduce((sum, group) => sum + Number(group.total_byte_size), 0);
  if (unpacked > readingLimits.unpackedBytes)
    throw new ReadProblem("It unpacks to far more than it is, and is not read.");
  const options = {
    file,
    metadata,
    compressors: unpackers,
    rowEnd,
    ...(columns === undefined ? {} : { columns: [...columns] }),
  };
  const rows = await parquetReadObjects(options);
  const names = columns ?? Object.keys(rows[0] ?? {});
  return { ok: true, names, columns: names.map((name) => rows.map((row) => row[name] ?? null)) };
}

function checkNames(columns: readonly string[], { children }: Pick<SchemaTree, "children">): void {
  const names = children.map(({ element }) => element.name);
  const missing = columns.findIndex((name) => !names.includes(name));
  if (missing < 0) return;
  throw new ReadProblem(`columns[${missing}]: a column that it has was expected. It has: ${listed(names)}.`);
}

function bounded(unpack: Unpack) {
  return (packed: Uint8Array, length: number): Uint8Array => {
    if (length > readingLimits.unpackedBytes)
      throw new ReadProblem("It unpacks to far more than it is, and is not read.");
    return unpack(packed, { maxOutputLength: Math.max(1, length) });
  };
}

const unpackers = {
  GZIP: bounded(gunzipSync),
  BROTLI: bounded(brotliDecompressSync),
  ZSTD: bounded(zstdDecompressSync),
};
