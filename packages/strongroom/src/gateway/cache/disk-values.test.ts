import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { CacheWorkers } from "../../../../../tests/running/cache-workers.ts";
import { st } from "../../st.ts";
import { Sealer } from "../store/seal.ts";
import { DiskValues } from "./disk-values.ts";
import type { ValuePlace } from "./kept-values.ts";

const key = randomBytes(32);
const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-cache-"));
  made.push(folder);
  return folder;
}

const warnings: unknown[] = [];
const log = { warn: (...words: unknown[]): void => void warnings.push(words.at(-1)) };

function open(folder: string, maxBytes = 1_000_000): DiskValues {
  warnings.length = 0;
  return new DiskValues({ folder, sealer: new Sealer(key), maxBytes, log });
}

const digest = (n: number): string => Buffer.alloc(32, n).toString("base64url");
const place = (n: number, group = "group"): ValuePlace => ({ group, key: digest(n) });

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

describe("values on disk", () => {
  test("are there for a later process, whole, and nothing of them can be read", async () => {
    const folder = newFolder();
    const disk = open(folder);
    for (let n = 0; n < 5; n++)
      disk.write(place(n), { madeAt: 1_000 + n, value: Buffer.from(`a viewer's rows ${n}`) });
    await disk.idle();
    const later = open(folder);
    expect(await later.read(place(3))).toEqual({ madeAt: 1_003, value: Buffer.from("a viewer's rows 3") });
    expect(await later.read(place(9))).toBeUndefined();
    for (const file of files(folder)) {
      expect(readFileSync(file).includes("rows")).toBe(false);
      expect(statSync(file).mode & 0o077).toBe(0);
    }
  });

  test("go by value, by function, and all", async () => {
    const folder = newFolder();
    const disk = open(folder);
    for (const group of ["a", "b"])
      for (let n = 0; n < 2; n++) disk.write(place(n, group), { madeAt: 1, value: Buffer.from("v") });
    disk.delete(place(0, "a"));
    disk.deleteGroup("b");
    await disk.idle();
    expect(files(folder)).toHaveLength(1);
    expect(await disk.read(place(1, "a"))).toBeDefined();
    disk.deleteAll();
    await disk.idle();
    expect(files(folder)).toHaveLength(0);
  });

  test("take no more than they may: what was not used for longest goes", async () => {
    const folder = newFolder();
    const disk = open(folder, 5_000);
    for (let n = 0; n < 4; n++) disk.write(place(n), { madeAt: n, value: Buffer.alloc(1_000) });
    await disk.read(place(0));
    for (let n = 4; n < 40; n++) {
      disk.write(place(n), { madeAt: n, value: Buffer.alloc(1_000) });
      await disk.read(place(0));
    }
    await disk.idle();
    expect(disk.bytes).toBeLessThanOrEqual(5_000);
    expect(files(folder).reduce((sum, file) => sum + statSync(file).size, 0)).toBe(disk.bytes);
    expect(await disk.read(place(0))).toBeDefined();
    expect(await disk.read(place(5))).toBeUndefined();
    await open(folder, 2_500).idle();
    expect(files(folder)).toHaveLength(2);
  });

  test("do without a folder that cannot be used, and say so", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "taken"), "");
    const disk = open(join(folder, "taken"));
    disk.write(place(1), { madeAt: 1, value: Buffer.from("v") });
    await disk.idle();
    expect(await disk.read(place(1))).toBeUndefined();
    expect(warnings.length).toBeGreaterThan(0);
  });
});

describe("bytes that are not what was written", () => {
  /** Dice that fall the same way each time. */
  function dice(seed: number): (sides: number) => number {
    let state = seed;
    return (sides) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * sides);
    };
  }

  // Hundreds of files, each of which waits for the disk.
  test(
    "flipped, cut short, swapped or foreign: a miss, a line in the log, and never another value",
    { timeout: 180_000 },
    async () => {
      const roll = dice(20_261_125);
      const folder = newFolder();
      const sealer = new Sealer(randomBytes(32));
      for (let round = 0; round < 300; round++) {
        const disk = open(folder);
        for (let n = 0; n < 2; n++) disk.write(place(n), { madeAt: n, value: Buffer.from(`value ${n}`) });
        await disk.idle();
        const [file = "", other = ""] = files(folder);
        const bytes = readFileSync(file);
        const kind = roll(4);
        if (kind === 0) {
          const at = roll(bytes.length);
          bytes[at] = (bytes[at] ?? 0) ^ (1 << roll(8));
          writeFileSync(file, bytes);
        } else if (kind === 1) writeFileSync(file, bytes.subarray(0, roll(bytes.length)));
        else if (kind === 2) {
          renameSync(file, `${file}.x`);
          renameSync(other, file);
          renameSync(`${file}.x`, other);
        } else writeFileSync(file, sealer.seal("cache/group/x", Buffer.from(`value ${roll(2)}`)));
        const reader = roll(2) === 0 ? disk : open(folder);
        for (let n = 0; n < 2; n++) {
          const read = await reader.read(place(n));
          if (read !== undefined) expect(read).toEqual({ madeAt: n, value: Buffer.from(`value ${n}`) });
        }
        expect(warnings.length, `round ${round}, kind ${kind}`).toBeGreaterThan(0);
        await reader.idle();
      }
    },
  );
});

describe('persist: "disk"', () => {
  test("survives a restart, keeps its time, and goes when it is cleared", async () => {
    const folder = newFolder();
    let calls = 0;
    const load = st.cacheData(async (id: number) => ({ id, call: ++calls }), { persist: "disk", ttl: "1h" });
    const start = (): {
      call: (id: number) => Promise<unknown>;
      clear: () => void;
      idle: () => Promise<void>;
    } => {
      const disk = open(folder);
      const worker = new CacheWorkers({ disk: () => disk }).add();
      const session = worker.open("a");
      return {
        call: (id) => worker.run(session, () => load(id)),
        clear: () => worker.run(session, () => load.clear()),
        idle: async () => {
          for (let tick = 0; tick < 5; tick++) await new Promise((resolve) => setImmediate(resolve));
          await disk.idle();
        },
      };
    };
    const first = start();
    expect(await first.call(1)).toEqual({ id: 1, call: 1 });
    await first.idle();
    const second = start();
    expect(await second.call(1)).toEqual({ id: 1, call: 1 });
    second.clear();
    await second.idle();
    expect(await start().call(1)).toEqual({ id: 1, call: 2 });
  });

  test("a value past its time is not read", async () => {
    const folder = newFolder();
    let calls = 0;
    const load = st.cacheData(async () => ++calls, { persist: "disk", ttl: 0.05 });
    for (const expected of [1, 2]) {
      const disk = open(folder);
      const worker = new CacheWorkers({ disk: () => disk }).add();
      expect(await worker.run(worker.open("a"), load)).toBe(expected);
      await new Promise((resolve) => setTimeout(resolve, 60));
      await disk.idle();
    }
  });

  test("is for async functions", async () => {
    const worker = new CacheWorkers().add();
    const load = st.cacheData(() => 1, { persist: "disk" });
    expect(() => worker.run(worker.open("a"), load)).toThrow(
      /`persist` must be given with an async function/,
    );
  });
});
