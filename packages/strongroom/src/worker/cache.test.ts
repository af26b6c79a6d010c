import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { st } from "../st.ts";
import { cacheData } from "./cache.ts";
import type { CapturedName } from "./cache-captured.ts";
import { openPage, type Page } from "../testing/testing.ts";
import { durationMs } from "./duration.ts";

const texts = (page: Page): unknown[] => page.findAll("text").map(({ props }) => props["text"]);
const message = (page: Page): unknown => page.find("exception").props["message"];

/** Runs a script once in a page of its own and answers what it answered. */
async function once<T>(script: () => T, shared = new Map<string, unknown>()): Promise<Awaited<T>> {
  let result: T | undefined;
  await using page = await openPage(() => (result = script()), { shared });
  if (page.errors.length > 0) throw page.errors[0];
  return (await Promise.resolve(result)) as Awaited<T>;
}

describe("st.cacheData", () => {
  test("computes once for equal arguments, and again for others", async () => {
    const calls: unknown[] = [];
    const load = st.cacheData((query: { region: string; years: number[] }) => {
      calls.push(query);
      return { rows: [query.region] };
    });
    const results = await once(() => [
      load({ region: "EU", years: [1] }),
      load({ region: "EU", years: [1] }),
      load({ region: "US", years: [1] }),
    ]);
    expect(calls).toHaveLength(2);
    expect(results).toEqual([{ rows: ["EU"] }, { rows: ["EU"] }, { rows: ["US"] }]);
  });

  test("hands out copies: what one does to its own, no other sees", async () => {
    const load = st.cacheData(() => ({ rows: [1] }));
    const [first, second] = await once(() => {
      const own = load();
      own.rows.push(2);
      return [own, load()];
    });
    expect([first?.rows, second?.rows]).toEqual([[1, 2], [1]]);
  });

  test("is named by its place, not by its text: two alike do not share", async () => {
    const one = cacheData((id: number) => `one ${id}`, {}, "app.ts:1:1");
    const other = cacheData((id: number) => `other ${id}`, {}, "app.ts:2:1");
    const again = cacheData((id: number) => `again ${id}`, {}, "app.ts:1:1");
    expect(await once(() => [one(1), other(1), again(1)])).toEqual(["one 1", "other 1", "one 1"]);
  });

  test("computes once for all who wait", async () => {
    let calls = 0;
    const { promise, resolve } = Promise.withResolvers<number>();
    const load = st.cacheData(() => {
      calls++;
      return promise;
    });
    const shared = new Map<string, unknown>();
    const script = async (): Promise<void> => st.text(String(await load()));
    const opening = [openPage(script, { shared }), openPage(script, { shared })];
    resolve(7);
    for (const page of await Promise.all(opening)) expect(texts(page)).toEqual(["7"]);
    expect(calls).toBe(1);
  });

  test("does not keep errors", async () => {
    let calls = 0;
    const load = st.cacheData(async () => {
      await Promise.resolve();
      if (++calls === 1) throw new Error("no network");
      return calls;
    });
    const results = await once(async () => [await load().catch(String), await load(), await load()]);
    expect(results).toEqual(["Error: no network", 2, 2]);
  });

  test("goes on when the run that began it is replaced, and those who wait get it", async () => {
    let calls = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const load = st.cacheData(async () => {
      await promise;
      st.text("computed");
      return ++calls;
    });
    const shared = new Map<string, unknown>();
    const script = async (): Promise<void> => {
      if (!st.checkbox("Off", { value: true })) st.text(`got ${await load()}`);
    };
    await using owner = await openPage(script, { shared });
    await using waiter = await openPage(script, { shared });
    owner.send({ values: { "checkbox:Off": false } });
    waiter.send({ values: { "checkbox:Off": false } });
    await owner.answer("Off", true);
    resolve();
    await waiter.settled();
    expect(texts(waiter)).toEqual(["computed", "got 1"]);
    await owner.answer("Off", false);
    expect(texts(owner)).toEqual(["computed", "got 1"]);
    expect([owner.errors, waiter.errors]).toEqual([[], []]);
  });

  test("keeps no more than it may, and forgets what was not used for longest", async () => {
    const calls: number[] = [];
    const load = st.cacheData((id: number) => calls.push(id), { maxEntries: 2 });
    await once(() => [load(1), load(2), load(1), load(3), load(1), load(2)]);
    expect(calls).toEqual([1, 2, 3, 2]);
  });

  test("forgets what it is told to", async () => {
    const calls: number[] = [];
    const load = st.cacheData((id: number) => calls.push(id));
    await once(() => {
      load(1);
      load(2);
      load.clear(1);
      load(1);
      load(2);
      load.clear();
      load(2);
    });
    expect(calls).toEqual([1, 2, 1, 2]);
  });

  test("keeps for the session alone where that is said", async () => {
    let calls = 0;
    const load = st.cacheData(() => ++calls, { scope: "session" });
    const shared = new Map<string, unknown>();
    expect([await once(load, shared), await once(load, shared)]).toEqual([1, 2]);
  });

  test("names the argument that is not plain data, and the way out", async () => {
    class Client {}
    const load = st.cacheData((_: number, options: { client: unknown }) => options);
    await using page = await openPage(() => void load(1, { client: new Client() }));
    expect(message(page)).toMatch(
      /cacheData: argument 2 \(`client`\) is an instance of Client\..*inside of the function/,
    );
  });

  test("says so when a result is not plain data", async () => {
    await using page = await openPage(() => void st.cacheData(() => ({ at: () => 1 }))());
    expect(message(page)).toMatch(/`at` is a function.*st\.cacheResource/);
  });

  test.each([
    [{ ttl: "soon" }, /`ttl` must be seconds/],
    [{ ttl: -1 }, /`ttl`/],
    [{ maxEntries: 0 }, /`maxEntries`/],
  ])("refuses %o", (options, expected) => {
    expect(() => st.cacheData(() => 1, options)).toThrow(expected);
  });
});

describe("what a cached function reads from around it", () => {
  /** Written as the compiler writes it: given to the function, or seen by others that it calls. */
  const captured = (name: string, read: () => unknown, isGiven = true): CapturedName => [
    name,
    read,
    isGiven,
    !isGiven,
  ];
  const inner = (read: (value: never) => unknown): (() => unknown) => read as unknown as () => unknown;

  test("names its value, also beside a key of the author's", async () => {
    const shared = new Map<string, unknown>();
    const page = (who: unknown) => () =>
      cacheData(
        inner((given) => () => ({ hello: given })),
        { key: () => 1 },
        "app.ts:1",
        [captured("who", () => who)],
      )();
    expect(await once(page("alice"), shared)).toEqual({ hello: "alice" });
    expect(await once(page(["bob"]), shared)).toEqual({ hello: ["bob"] });
    expect(await once(page("alice"), shared)).toEqual({ hello: "alice" });
  });

  test("is what it was at the call, whatever is changed while it computes", async () => {
    const filters = { who: "" };
    const { promise, resolve } = Promise.withResolvers<void>();
    const load = cacheData(
      inner((given: { who: string }) => async () => {
        await promise;
        return given.who;
      }),
      {},
      "app.ts:1",
      [captured("filters", () => filters)],
    );
    const results = await once(async () => {
      const first = load();
      filters.who = "alice";
      resolve();
      return [await first, await load()];
    });
    expect(results).toEqual(["", "alice"]);
  });

  test("that others read and that changes while it computes is told, and nothing is kept", async () => {
    let who = "";
    const { promise, resolve } = Promise.withResolvers<void>();
    const load = cacheData(() => promise.then(() => who), {}, "app.ts:1", [
      captured("who", () => who, false),
    ]);
    const results = await once(async () => {
      const first = load().catch((error: unknown) => String(error));
      who = "alice";
      resolve();
      const told = await first;
      who = "";
      return [told, await load()];
    });
    expect(results).toEqual([expect.stringContaining("`who` has changed while"), ""]);
  });

  test("may be a connection, told apart by its name and options", async () => {
    const shared = new Map<string, unknown>();
    const page = (name: string, ttl: string) => () =>
      cacheData(
        inner((db: object) => () => [typeof db, name, ttl]),
        {},
        "app.ts:1",
        [captured("db", () => st.connection(name, { ttl }))],
      )();
    for (const [name, ttl] of [
      ["shop", "1m"],
      ["shop", "2m"],
      ["other", "1m"],
    ] as const)
      expect(await once(page(name, ttl), shared)).toEqual(["object", name, ttl]);
  });

  test("is nothing yet where it is declared further below", async () => {
    const load = cacheData(
      inner((given) => () => String(given)),
      {},
      "app.ts:1",
      [
        captured("later", () => {
          throw new ReferenceError("Cannot access 'later' before initialization");
        }),
      ],
    );
    expect(await once(load)).toBe("undefined");
  });

  test.each([
    [
      "a live thing",
      () => new (class Client {})(),
      true,
      /`it`, which .* is an instance of Client\. .*Pass it as an argument/,
    ],
    ["a function", () => ({ at: () => 1 }), true, /`it\.at`, which .* is a function/],
    [
      "a list with names of its own",
      () => Object.assign([1], { who: "x" }),
      false,
      /is more than plain data/,
    ],
  ])("is refused: %s", async (_, read, isGiven, expected) => {
    const load = cacheData(() => 1, {}, "app.ts:1", [captured("it", read, isGiven)]);
    await using page = await openPage(() => void load());
    expect(message(page)).toMatch(expected);
  });
});

describe("a ttl", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
  afterEach(() => void vi.useRealTimers());

  test("ends a value's life", async () => {
    let calls = 0;
    const load = st.cacheData(() => ++calls, { ttl: "10m" });
    const shared = new Map<string, unknown>();
    const results = [await once(load, shared)];
    vi.advanceTimersByTime(599_999);
    results.push(await once(load, shared));
    vi.advanceTimersByTime(1);
    results.push(await once(load, shared));
    expect(results).toEqual([1, 1, 2]);
  });

  test.each([
    [90, 90_000],
    ["10m", 600_000],
    ["1h30m", 5_400_000],
    ["1 d 2 h", 93_600_000],
    ["500ms", 500],
    ["1.5s", 1_500],
    ["0s", 0],
  ])("of %s is %i ms", (span, ms) => {
    expect(durationMs(span)).toBe(ms);
  });

  test.each(["", "ten", "10", "m", "-1s", "1x", "1m,", Number.NaN, Infinity, -1])("of %s is none", (span) => {
    expect(durationMs(span)).toBeUndefined();
  });
});

describe("st.cacheResource", () => {
  test("hands the same thing to everybody", async () => {
    class Client {}
    const client = st.cacheResource(async () => {
      await Promise.resolve();
      return new Client();
    });
    const shared = new Map<string, unknown>();
    const [one, other] = [await once(client, shared), await once(client, shared)];
    expect(one).toBeInstanceOf(Client);
    expect(other).toBe(one);
  });
});
