import { afterEach, describe, expect, test, vi } from "vitest";
import { CacheWorkers, type TestWorker } from "../../../../../tests/running/cache-workers.ts";
import { st } from "../../st.ts";
import { cacheRequestSchema, maxCacheHeadChars } from "../../wire/cache-frames.ts";
import { decodeText } from "../../wire/schema.ts";

afterEach(() => void vi.useRealTimers());

/** Lets every frame that is under way arrive. */
async function frames(): Promise<void> {
  for (let tick = 0; tick < 12; tick++) await new Promise((resolve) => setImmediate(resolve));
}

/** A function whose computations end when they are told to. */
function gated(options: Parameters<typeof st.cacheData>[1] = {}) {
  const started: PromiseWithResolvers<number>[] = [];
  const load = st.cacheData(async (id: number): Promise<number> => {
    expect(id).toBe(1);
    const gate = Promise.withResolvers<number>();
    started.push(gate);
    return gate.promise;
  }, options as object);
  return { load, started };
}

describe("one computation", () => {
  test("serves a thousand who wait, over workers and sessions", async () => {
    const workers = new CacheWorkers();
    const { load, started } = gated();
    const waiting: Promise<number>[] = [];
    for (let number = 0; number < 4; number++) {
      const worker = workers.add();
      for (let viewer = 0; viewer < 250; viewer++)
        waiting.push(worker.run(worker.open(`viewer ${number} ${viewer}`), () => load(1)));
    }
    await frames();
    started[0]?.resolve(7);
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([7]));
    expect(started).toHaveLength(1);
  });

  test("is taken over when the worker that computes dies", async () => {
    const workers = new CacheWorkers();
    const [first, second, third] = [workers.add(), workers.add(), workers.add()];
    const { load, started } = gated();
    void first.run(first.open("a"), () => load(1));
    await frames();
    const others = [second, third].map((worker) => worker.run(worker.open("b"), () => load(1)));
    await frames();
    expect(started).toHaveLength(1);
    workers.kill(first);
    await frames();
    expect(started).toHaveLength(2);
    started[1]?.resolve(2);
    started[0]?.resolve(1);
    expect(await Promise.all(others)).toEqual([2, 2]);
  });

  test("that fails is tried by each worker once, and its error is kept by none", async () => {
    const workers = new CacheWorkers();
    const { load, started } = gated();
    const ends: Promise<unknown>[] = [];
    for (let number = 0; number < 3; number++) {
      const worker = workers.add();
      for (const viewer of ["a", "b"])
        ends.push(worker.run(worker.open(viewer), () => load(1)).catch((error: unknown) => String(error)));
    }
    for (let attempt = 0; attempt < 3; attempt++) {
      await frames();
      started[attempt]?.reject(new Error(`attempt ${attempt}`));
    }
    const told = await Promise.all(ends);
    // Both sessions of a worker hear of the same attempt, each worker of another.
    expect(new Set(told).size).toBe(3);
    for (const at of [0, 2, 4]) expect(told[at]).toBe(told[at + 1]);
    expect(started).toHaveLength(3);
    const [worker] = workers.all as [TestWorker];
    const again = worker.run(worker.open("c"), () => load(1));
    await frames();
    started[3]?.resolve(4);
    expect(await again).toBe(4);
  });

  test("of a function that only turns out to be async is offered to others as well", async () => {
    const workers = new CacheWorkers();
    const [first, second] = [workers.add(), workers.add()];
    let calls = 0;
    const load = st.cacheData((id: number) => Promise.resolve({ id, call: ++calls }));
    const value = await first.run(first.open("a"), () => load(1));
    await frames();
    // The second worker does not know it yet either: it learns with its first call, and asks with the next.
    await second.run(second.open("b"), () => load(2));
    await frames();
    expect(await second.run(second.open("b"), () => load(1))).toEqual(value);
    expect(calls).toBe(2);
  });
});

describe("a value", () => {
  test("is not that of another version of the app", async () => {
    const workers = new CacheWorkers();
    const [old, young] = [workers.add("v1"), workers.add("v2")];
    let calls = 0;
    const load = st.cacheData(async () => ++calls);
    expect(await old.run(old.open("a"), load)).toBe(1);
    expect(await young.run(young.open("a"), load)).toBe(2);
  });

  test("of a viewer reaches all tabs of that viewer, and nobody else", async () => {
    const workers = new CacheWorkers();
    const [first, second] = [workers.add(), workers.add()];
    let calls = 0;
    const load = st.cacheData(async () => ++calls, { scope: "viewer" });
    expect(await first.run(first.open("ann"), load)).toBe(1);
    expect(await second.run(second.open("bob"), load)).toBe(2);
    expect(await second.run(second.open("ann"), load)).toBe(1);
    expect(await first.run(first.open("bob"), load)).toBe(2);
  });

  test("of a viewer is made anew once their claims are others, and not for a new token", async () => {
    const worker = new CacheWorkers().add();
    for (const scope of ["viewer", "session"] as const) {
      let calls = 0;
      const load = st.cacheData(async () => ++calls, { scope });
      const session = worker.open("ann");
      const seen: number[] = [];
      for (const [groups, iat] of [
        [["admins"], 1],
        [["admins"], 2],
        [[], 2],
        [["admins"], 3],
      ] as const) {
        session.user = { isLoggedIn: true, iat, groups };
        seen.push(await worker.run(session, load));
      }
      expect(seen).toEqual([1, 1, 2, 1]);
    }
  });

  test("that is cleared is gone in all workers; one that is being made is not kept", async () => {
    const workers = new CacheWorkers();
    const [first, second] = [workers.add(), workers.add()];
    const { load, started } = gated();
    const early = first.run(first.open("a"), () => load(1));
    await frames();
    second.run(second.open("b"), () => load.clear());
    await frames();
    const late = second.run(second.open("b"), () => load(1));
    await frames();
    expect(started).toHaveLength(2);
    started[0]?.resolve(1);
    started[1]?.resolve(2);
    expect([await early, await late]).toEqual([1, 2]);
    expect(await first.run(first.open("a"), () => load(1))).toBe(2);
    first.run(first.open("a"), () => load.clear(1));
    await frames();
    void second.run(second.open("b"), () => load(1));
    await frames();
    expect(started).toHaveLength(3);
  });

  test("of one viewer is not cleared by another, and st.cacheData.clear() clears all", async () => {
    const workers = new CacheWorkers();
    const worker = workers.add();
    const [ann, bob] = [worker.open("ann"), worker.open("bob")];
    let calls = 0;
    const load = st.cacheData(async () => ++calls, { scope: "viewer" });
    expect([await worker.run(ann, load), await worker.run(bob, load)]).toEqual([1, 2]);
    worker.run(bob, () => load.clear());
    expect([await worker.run(ann, load), await worker.run(bob, load)]).toEqual([1, 3]);
    worker.run(bob, () => st.cacheData.clear());
    expect([await worker.run(ann, load), await worker.run(bob, load)]).toEqual([4, 5]);
  });

  test("past its time is handed out while one worker makes it anew", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const workers = new CacheWorkers();
    const [first, second, third] = [workers.add(), workers.add(), workers.add()];
    const { load, started } = gated({ ttl: 10, refreshMode: "background" });
    const call = (worker: TestWorker): Promise<number> => worker.run(worker.open("a"), () => load(1));
    const begun = call(first);
    await frames();
    started[0]?.resolve(1);
    expect([await begun, await call(second)]).toEqual([1, 1]);
    vi.advanceTimersByTime(10_000);
    // One that has it, one that has it as well, and one that asks for the first time.
    expect([await call(first), await call(second), await call(third)]).toEqual([1, 1, 1]);
    await frames();
    expect(started).toHaveLength(2);
    started[1]?.resolve(2);
    await frames();
    expect(await call(first)).toBe(2);
    vi.advanceTimersByTime(1_000);
    await call(second);
    await frames();
    expect(await call(second)).toBe(2);
    expect(started).toHaveLength(2);
  });

  test("that could not be made anew is left alone for a minute; past twice its time callers wait", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const workers = new CacheWorkers();
    const [first, second] = [workers.add(), workers.add()];
    const { load, started } = gated({ ttl: 100, refreshMode: "background" });
    const call = (worker: TestWorker): Promise<number> => worker.run(worker.open("a"), () => load(1));
    const begun = call(first);
    await frames();
    started[0]?.resolve(1);
    await begun;
    await frames();
    vi.advanceTimersByTime(100_000);
    expect(await call(first)).toBe(1);
    await frames();
    started[1]?.reject(new Error("no network"));
    await frames();
    expect(first.reported).toMatchObject([{ message: "no network" }]);
    vi.advanceTimersByTime(59_000);
    expect([await call(first), await call(second)]).toEqual([1, 1]);
    await frames();
    expect(started).toHaveLength(2);
    vi.advanceTimersByTime(1_000);
    expect(await call(first)).toBe(1);
    await frames();
    expect(started).toHaveLength(3);
    vi.advanceTimersByTime(100_000);
    const waits = [call(first), call(second)];
    await frames();
    started[2]?.resolve(3);
    expect(await Promise.all(waits)).toEqual([3, 3]);
    expect(started).toHaveLength(3);
  });
});

test("memory stays within bounds when keys come from viewers without end", async () => {
  const workers = new CacheWorkers({ maxBytes: 300_000, maxWorkerBytes: 200_000 });
  const worker = workers.add();
  const filled = st.cacheData(async (text: string) => text.repeat(100));
  const mine = st.cacheData(async (text: string) => text.repeat(100), { scope: "viewer" });
  const sync = st.cacheData((text: string) => text.repeat(100));
  for (let round = 0; round < 3_000; round++) {
    const session = worker.open(`viewer ${round}`);
    await worker.run(session, () => {
      sync(`${round}`);
      return Promise.all([filled(`${round}`), mine(`${round}`)]);
    });
    if (round % 500 === 0) {
      await frames();
      expect(workers.cache.kept.bytes).toBeLessThanOrEqual(300_000);
      expect(worker.shelves.bytes).toBeLessThanOrEqual(200_000);
    }
  }
  await frames();
  expect(workers.cache.kept.bytes).toBeLessThanOrEqual(300_000);
  expect(workers.cache.kept.count).toBeLessThan(600);
  expect(worker.shelves.bytes).toBeLessThanOrEqual(200_000);
  expect(worker.shelves.count).toBeLessThan(600);
});

test("a function keeps no more than it may, in number and in bytes", async () => {
  const workers = new CacheWorkers({ maxWorkerBytes: 1 });
  const worker = workers.add();
  const session = worker.open("a");
  const calls: number[] = [];
  const few = st.cacheData(async (id: number) => calls.push(id), { maxEntries: 2 });
  for (const id of [1, 2, 1, 3, 1, 2]) {
    await worker.run(session, () => few(id));
    await frames();
  }
  expect(calls).toEqual([1, 2, 3, 2]);
  const small = st.cacheData(async (id: number) => `${id}`.repeat(5_000), { maxSize: "20KB" });
  for (let id = 0; id < 9; id++) await worker.run(session, () => small(id));
  await frames();
  expect(workers.cache.kept.count).toBe(2 + 3);
});

describe("what a worker may say", () => {
  const digest = "a".repeat(43);

  test.each([
    { do: "claim", name: digest, key: digest, ttlMs: -1 },
    { do: "claim", name: digest, key: `${digest}a` },
    { do: "claim", name: "../../x", key: digest },
    { do: "claim", name: digest, key: digest, viewer: "bob" },
    { do: "put", maxBytes: 0 },
    { do: "clear", what: "sessions" },
    { do: "run" },
  ])("is not %o", (request) => {
    expect(decodeText(cacheRequestSchema, JSON.stringify(request), maxCacheHeadChars).ok).toBe(false);
  });

  test("a value for a claim that is not its own counts for nothing", async () => {
    const workers = new CacheWorkers();
    const [honest, liar] = [workers.add(), workers.add()];
    const { load, started } = gated();
    const waiting = honest.run(honest.open("a"), () => load(1));
    await frames();
    const lie = { session: 0, n: 1, request: { do: "put" }, value: Buffer.from("lie") } as const;
    workers.cache.hear(liar, lie);
    started[0]?.resolve(1);
    expect(await waiting).toBe(1);
    await frames();
    expect(workers.cache.kept.count).toBe(1);
  });

  test("bytes that say nothing are made again", async () => {
    const workers = new CacheWorkers();
    const [honest, liar] = [workers.add(), workers.add()];
    let calls = 0;
    const load = st.cacheData(async () => ++calls);
    await liar.run(liar.open("a"), load);
    await frames();
    for (const value of workers.cache.kept.values()) value.fill(0xff);
    expect(await honest.run(honest.open("a"), load)).toBe(2);
  });
});
