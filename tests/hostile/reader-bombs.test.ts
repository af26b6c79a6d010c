import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findPrograms } from "../../packages/strongroom/src/gateway/supervise/programs.ts";
import { ownPackage } from "../../packages/strongroom/src/gateway/supervise/readable.ts";
import { readerLauncher, Readers } from "../../packages/strongroom/src/gateway/supervise/readers.ts";
import { sandboxes } from "../../packages/strongroom/src/gateway/supervise/sandbox.ts";
import type { Reading } from "../../packages/strongroom/src/wire/reading.ts";
import { decode } from "../../packages/strongroom/src/worker/codec.ts";
import { archiveOf } from "../running/archive.ts";

const folder = mkdtempSync(join(tmpdir(), "strongroom-bombs-"));
const readers = new Readers();
const csv = { kind: "csv", header: true, numbers: true } as const;
const excel = { kind: "excel", sheet: 0, header: true } as const;

beforeAll(async () => {
  const stateFolder = join(folder, ".strongroom", "state");
  mkdirSync(stateFolder, { recursive: true });
  const ground = { appFolder: folder, script: join(folder, "app.ts"), stateFolder, own: ownPackage() };
  const whole = { ...ground, network: "none", heapMb: 768, programs: findPrograms() } as const;
  const [way] = await sandboxes("none", whole);
  if (way === undefined) throw new Error("A way without walls was expected.");
  readers.use(readerLauncher(way, whole));
});
afterAll(() => {
  readers.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a real reader says of a file: why it is none, or how many columns it has; nothing where it had to be ended. */
async function said(bytes: Buffer, reading: Reading): Promise<string | undefined> {
  const table = await new Promise<Buffer | undefined>((done) => {
    const parse = { file: `f-${"A".repeat(43)}`, reading };
    readers.add({ parse, done, read: ({ from, length }) => bytes.subarray(from, from + length) });
  });
  if (table === undefined) return undefined;
  const answer = decode(table) as { ok: boolean; message?: string; names?: readonly string[] };
  return answer.message ?? `${answer.names?.length ?? 0} columns`;
}

/** A workbook whose list of entries says little, and whose entry unpacks to so many bytes. */
function lyingWorkbook(bytes: number): Buffer {
  const packed = deflateRawSync(Buffer.alloc(bytes, " "), { level: 9 });
  return archiveOf(packed, packed.length);
}

test("a workbook that lies about its size is not unpacked to more than it says", async () => {
  expect(await said(lyingWorkbook(80_000_000), excel)).toMatch(/^It (cannot be read|unpacks)/);
});

test("one endless line, and quotes that are never closed, are said to be too large or wrong", async () => {
  expect(await said(Buffer.alloc(70_000_000, "x"), csv)).toMatch(/too large/);
  expect(await said(Buffer.concat([Buffer.from('a,b\n1,"'), Buffer.alloc(5_000_000, "x\n")]), csv)).toBe(
    "Line 2, column 2: a quotation mark that is opened must be closed.",
  );
});

test("a value that is deeper than anything is said to be so, and JSON that never ends is wrong", async () => {
  const lines = { kind: "jsonLines" } as const;
  const depth = 100_000;
  const deep = `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}\n`;
  expect(await said(Buffer.from(deep), lines)).toMatch(/a value in it is more than \d+ deep/);
  expect(await said(Buffer.from(`{"a":${"[".repeat(depth)}`), lines)).toMatch(
    /^Line 1, column \d+: JSON was expected/,
  );
});

test("a Parquet file whose one value stands in a hundred thousand rows is not written out", async () => {
  const value = "x".repeat(200_000);
  const file = parquetWriteBuffer({
    columnData: [{ name: "a", data: Array<string>(100_000).fill(value), type: "STRING" }],
  });
  expect(file.byteLength).toBeLessThan(2_000_000);
  expect(await said(Buffer.from(file), { kind: "parquet" })).toMatch(/too large/);
});

test("after all of these the next file is read", async () => {
  expect(await said(Buffer.from("a,b\n1,2\n"), csv)).toBe("2 columns");
});
