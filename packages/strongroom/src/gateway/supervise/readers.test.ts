import { expect, test } from "vitest";
import type { Launch } from "./launch.ts";
import { Readers, type ReaderLimits } from "./readers.ts";

const limits: ReaderLimits = { readMs: 60_000, residentMb: 400, lookMs: 20 };
const parse = { file: `f-${"A".repeat(43)}`, reading: { kind: "jsonLines" } } as const;

/** A reader that is another program. */
function reading(script: string, changed: Partial<ReaderLimits> = {}): Readers {
  const readers = new Readers({ ...limits, ...changed });
  const launch: Launch = {
    command: process.execPath,
    args: [
      "-e",
      `const socket = new (require("node:net").Socket)({ fd: 3 }); socket.on("error", () => {}); ${script}`,
    ],
    folder: "/",
    env: {},
    isCelled: false,
    isStale: () => false,
  };
  readers.use(() => launch);
  return readers;
}

const tableOf = (readers: Readers, bytes = Buffer.from("{}")): Promise<Buffer | undefined> =>
  new Promise((done) => {
    readers.add({ parse, done, read: ({ from, length }) => bytes.subarray(from, from + length) });
  });

test("a reader that never ends is ended, and those that wait behind it are read", async () => {
  const readers = reading("setInterval(() => {}, 1_000)", { readMs: 700 });
  const [one, two, three] = [tableOf(readers), tableOf(readers), tableOf(readers)];
  expect(await Promise.all([one, two, three])).toEqual([undefined, undefined, undefined]);
});

test("one that takes memory beside its heap is ended", async () => {
  const readers = reading(
    "const kept = []; setInterval(() => { if (kept.length < 60) kept.push(Buffer.alloc(20_000_000, 1)); }, 5)",
  );
  expect(await tableOf(readers)).toBeUndefined();
});

test("one that says more than it may is ended, and so are all when the server stops", async () => {
  const tooMuch = "socket.write(Buffer.from([255, 255, 255, 255])); setInterval(() => {}, 1_000)";
  expect(await tableOf(reading(tooMuch))).toBeUndefined();
  const readers = reading("setInterval(() => {}, 1_000)");
  const table = tableOf(readers);
  const stopping = setInterval(() => readers.stop(), 100);
  expect(await table).toBeUndefined();
  clearInterval(stopping);
});

test("what it says is handed on as it is, and a large file reaches it whole", async () => {
  const count = `let bytes = 0; socket.on("data", (data) => { bytes += data.length; if (bytes >= 30_000_000) {
    const text = Buffer.from(String(bytes)); const head = Buffer.alloc(4); head.writeUInt32BE(text.length);
    socket.end(Buffer.concat([head, text])); } });`;
  const table = await tableOf(reading(count, { residentMb: 4_000 }), Buffer.alloc(30_000_000));
  expect(Number(String(table))).toBeGreaterThanOrEqual(30_000_000);
});
