import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CacheWorkers } from "../../../../tests/running/cache-workers.ts";
import { st } from "../st.ts";
import { endSession } from "./cache-shelves.ts";
import { openPage } from "../testing/testing.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

/** A worker, one session of it, and how a script is called there. */
function one() {
  const workers = new CacheWorkers();
  const worker = workers.add();
  const session = worker.open("ann");
  return { workers, worker, call: <T>(script: () => T): T => worker.run(session, script) };
}

/** Clients, as they are opened and closed. */
class Clients {
  opened = 0;
  readonly closed: number[] = [];
  readonly open = (name = ""): { readonly number: number; readonly name: string; isAlive: boolean } => ({
    number: ++this.opened,
    name,
    isAlive: true,
  });
  readonly close = ({ number }: { number: number }): void => void this.closed.push(number);
}

describe("a resource", () => {
  test("is the same for everybody in a worker, and another in each worker", () => {
    const { workers, worker, call } = one();
    const client = st.cacheResource(() => ({}));
    const first = call(() => client());
    expect(worker.run(worker.open("bob"), () => client())).toBe(first);
    const other = workers.add();
    expect(other.run(other.open("ann"), () => client())).not.toBe(first);
  });

  test.each([
    ["sync", false],
    ["async", true],
  ])("is looked at before each use, and made anew where it is no longer good: %s", async (_, isAsync) => {
    const { call } = one();
    const clients = new Clients();
    const options = { onRelease: clients.close };
    const sync = st.cacheResource(() => clients.open(), { ...options, validate: (client) => client.isAlive });
    const later = st.cacheResource(async () => clients.open(), {
      ...options,
      validate: async (client) => Promise.resolve(client.isAlive),
    });
    const get = async () => call(() => (isAsync ? later() : sync()));
    const first = await get();
    expect(await get()).toBe(first);
    first.isAlive = false;
    const [second, third] = await Promise.all([get(), get()]);
    expect([second.number, third.number]).toEqual([2, 2]);
    expect(clients.closed).toEqual([1]);
  });

  test("is released when it makes room, expires, or is cleared, once each", () => {
    const { worker, call } = one();
    const clients = new Clients();
    const client = st.cacheResource(clients.open, { maxEntries: 2, ttl: 10, onRelease: clients.close });
    for (const name of ["a", "b", "a", "c"]) call(() => client(name));
    expect(clients.closed).toEqual([2]);
    vi.advanceTimersByTime(10_000);
    call(() => client("a"));
    expect(clients.closed).toEqual([2, 1]);
    call(() => client.clear("c"));
    call(() => client.clear());
    expect(clients.closed).toEqual([2, 1, 3, 4]);
    call(() => client("a"));
    call(() => st.cacheData.clear());
    expect(clients.closed).toHaveLength(4);
    call(() => st.cacheResource.clear());
    expect(clients.closed).toEqual([2, 1, 3, 4, 5]);
    expect(worker.reported).toEqual([]);
  });

  test("an error while it is released is logged, and nobody's page fails", async () => {
    const { worker, call } = one();
    const sync = st.cacheResource(() => 1, {
      onRelease: () => {
        throw new Error("cannot close");
      },
    });
    const later = st.cacheResource(() => 2, {
      onRelease: () => Promise.reject(new Error("cannot close either")),
    });
    call(() => [sync(), later(), sync.clear(), later.clear()]);
    await worker.shelves.released();
    expect(worker.reported).toMatchObject([{ message: "cannot close" }, { message: "cannot close either" }]);
  });

  test("that is made for a session which has gone meanwhile is released", async () => {
    const { worker, call } = one();
    const clients = new Clients();
    const gate = Promise.withResolvers<void>();
    const client = st.cacheResource(
      async () => {
        await gate.promise;
        return clients.open();
      },
      { scope: "session", onRelease: clients.close },
    );
    const session = worker.open("ann");
    const waiting = worker.run(session, () => client());
    session.isClosed = true;
    endSession(session);
    gate.resolve();
    await waiting;
    expect(clients.closed).toEqual([1]);
    expect(call(() => worker.shelves.count)).toBe(0);
  });

  test("is released in all workers when code in one clears", async () => {
    const { workers, call } = one();
    const other = workers.add();
    const clients = new Clients();
    const client = st.cacheResource(clients.open, { onRelease: clients.close });
    other.run(other.open("bob"), () => client());
    call(() => client.clear());
    for (let tick = 0; tick < 4; tick++) await new Promise((resolve) => setImmediate(resolve));
    expect(clients.closed).toEqual([1]);
  });

  test("past its time is handed out while it is made anew, and then released", async () => {
    const { call } = one();
    const clients = new Clients();
    const client = st.cacheResource(clients.open, {
      ttl: 10,
      refreshMode: "background",
      onRelease: clients.close,
    });
    call(() => client());
    vi.advanceTimersByTime(10_000);
    expect([call(() => client()).number, call(() => client()).number]).toEqual([1, 1]);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect([call(() => client()).number, clients.opened, clients.closed]).toEqual([2, 2, [1]]);
    vi.advanceTimersByTime(20_000);
    expect(call(() => client()).number).toBe(3);
  });

  test("that is cleared while it is made anew is not put back", async () => {
    const { call } = one();
    let calls = 0;
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    gates[0]?.resolve();
    const load = st.cacheData(
      async () => {
        const call = calls++;
        await gates[call]?.promise;
        return call;
      },
      { ttl: 10, refreshMode: "background", scope: "session" },
    );
    await call(() => load());
    vi.advanceTimersByTime(10_000);
    expect(await call(() => load())).toBe(0);
    call(() => load.clear());
    gates[1]?.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await call(() => load())).toBe(2);
  });
});

describe("key", () => {
  test("names the value instead of all arguments, which the function gets as they are", () => {
    const { call } = one();
    class Client {
      readonly rows = 1;
    }
    const client = new Client();
    let calls = 0;
    const load = st.cacheData((from: Client, id: number) => [id, from === client, ++calls], {
      key: (_, id) => id,
    });
    expect(call(() => [load(client, 1), load(new Client(), 1), load(client, 2)])).toEqual([
      [1, true, 1],
      [1, true, 1],
      [2, true, 2],
    ]);
    call(() => load.clear(client, 1));
    expect(call(() => load(client, 1))).toEqual([1, true, 3]);
  });

  test("must answer plain data", () => {
    const { call } = one();
    const load = st.cacheData((id: number) => id, { key: () => ({ at: () => 1 }) });
    expect(() => call(() => load(1))).toThrow(/what `key` answers is not plain data: `at` is a function/);
  });
});

test("what the caller does to an argument while it waits does not change what is kept", async () => {
  const { call } = one();
  const gate = Promise.withResolvers<void>();
  const load = st.cacheData(async (query: { region: string }) => {
    await gate.promise;
    return query.region;
  });
  const query = { region: "EU" };
  const first = call(() => load(query));
  query.region = "US";
  gate.resolve();
  expect(await first).toBe("EU");
  expect(await call(() => load({ region: "EU" }))).toBe("EU");
});

test("a promise that nobody awaited does not disturb, and its value is kept", async () => {
  let calls = 0;
  const load = st.cacheData(async () => ++calls);
  const shared = new Map<string, unknown>();
  await using page = await openPage(() => void load(), { shared });
  await using other = await openPage(async () => st.text(`${await load()}`), { shared });
  expect([page.errors, other.find("text").props["text"], calls]).toEqual([[], "1", 1]);
});

test.each([
  [st.cacheData, { scope: "tab" }, /`scope`/],
  [st.cacheData, { persist: "memory" }, /`persist`/],
  [
    st.cacheData,
    { persist: "disk", scope: "session" },
    /`persist` must be left out where `scope` is "session"/,
  ],
  [st.cacheData, { refreshMode: "background" }, /`ttl` must be given/],
  [st.cacheData, { refreshMode: "later", ttl: 1 }, /`refreshMode`/],
  [st.cacheData, { maxSize: "much" }, /`maxSize`/],
  [st.cacheResource, { maxSize: 1 }, /`maxSize`/],
  [st.cacheData, { scop: "viewer" }, /st\.cacheData: there is no option `scop`; did you mean `scope`\?/],
  [st.cacheData, { tll: "1s" }, /did you mean `ttl`\?/],
  [st.cacheData, { onRelease: () => 1 }, /there is no option `onRelease`/],
  [st.cacheData, { key: "id" }, /`key`/],
  [st.cacheData, { showSpinner: 1 }, /`showSpinner`/],
  [st.cacheResource, { validate: true }, /`validate`/],
  [st.cacheResource, { onRelease: "close" }, /`onRelease`/],
] as const)("options that cannot be are refused (%#)", (cached, options, expected) => {
  expect(() => (cached as typeof st.cacheData)(() => 1, options as object)).toThrow(expected);
});
