import { Access, openToAll } from "../access/access.ts";
import { describe, expect, test } from "vitest";
import { FakePool } from "../../../../../tests/gateway/fake-pool.ts";
import type { DownMessage, EventMessage } from "../../wire/messages.ts";
import { Handles } from "../handles.ts";
import { createLog } from "../log.ts";
import { gatewayDefaults, handleLimits, uploadLimitsOf } from "../options.ts";
import { memoryStore } from "../store/memory-store.ts";
import type { Store } from "../store/store.ts";
import { hashOf } from "../tokens.ts";
import { Uploads } from "../uploads/uploads.ts";
import { Viewers } from "../viewers.ts";
import type { Session } from "./session.ts";
import { Sessions } from "./sessions.ts";
import type { Downlink } from "./tab.ts";

const times = { ttlSeconds: 3_600, sleepAfterSeconds: 300 };
const patience = { forRunMs: 1_000, forAnythingMs: 2_000 };
const viewer = hashOf("somebody");

class TestLink implements Downlink {
  readonly isOver = false;
  readonly heard: DownMessage[] = [];
  left: string | undefined;

  send(text: string): void {
    this.heard.push(JSON.parse(text) as DownMessage);
  }

  leave(why: string): void {
    this.left = why;
  }

  goAway(): void {
    this.left = "away";
  }

  kinds(): readonly string[] {
    return this.heard.splice(0).map(({ t }) => t);
  }
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

function setUp(store: Store = memoryStore()) {
  const clock = { now: 1_000_000 };
  const now = (): number => clock.now;
  const pool = new FakePool();
  const lines: string[] = [];
  const log = createLog("debug", { write: (line) => void lines.push(line) });
  const handles = new Handles(handleLimits(gatewayDefaults.limits), log);
  const uploads = new Uploads(uploadLimitsOf(gatewayDefaults), now);
  const viewers = new Viewers(gatewayDefaults.limits, now);
  const access = new Access({ settings: openToAll, pool, identify: () => undefined });
  const sessions = new Sessions({
    ...times,
    access,
    bearerOf: () => Promise.resolve({ ok: false, message: "nobody" }),
    pool,
    store,
    log,
    handles,
    uploads,
    viewers,
    showsPlaces: true,
    now,
  });
  const begin = async (): Promise<{ session: Session; token: string; link: TestLink }> => {
    viewers.enter(viewer, "sessions");
    const { session, token } = sessions.begin(viewer, "", "");
    await session.firstView(patience);
    const link = new TestLink();
    session.attach(link, session.value.tree);
    await sessions.writer.flush();
    link.heard.splice(0);
    return { session, token, link };
  };
  const event = (session: Session, n: number, more: object = {}): void => {
    const message = { t: "event", n, tree: 1, ...more } as EventMessage;
    session.event(message, JSON.stringify(message));
  };
  const wait = (seconds: number): void => {
    clock.now += seconds * 1_000;
    sessions.sweep();
  };
  return { clock, pool, store, handles, viewers, sessions, begin, event, wait, lines };
}

describe("a session that nothing is done with", () => {
  test("leaves its worker and its memory, and comes back at the next event with all it had", async () => {
    const { pool, sessions, begin, event, wait } = setUp();
    const { session, link } = await begin();
    event(session, 1, { values: { a: 1 }, trigger: { id: "button:Go" } });
    await settle();
    await sessions.writer.flush();
    wait(299);
    expect(session.value.isAsleep).toBe(false);
    wait(1);
    expect([session.value.isAsleep, pool.last.isClosed, sessions.count]).toEqual([true, true, 1]);
    link.heard.splice(0);
    event(session, 2, { values: { b: 2 } });
    await settle();
    expect(link.kinds()).toEqual(["tree", "patch"]);
    expect([pool.placed.length, pool.last.values, pool.last.clicks]).toEqual([2, { a: 1, b: 2 }, 1]);
    expect(pool.last.opening.treeAtLeast).toBe(2);
  });

  test("sleeps on when its socket is a new one that shows the same", async () => {
    const { pool, begin, wait } = setUp();
    const { session, link } = await begin();
    wait(300);
    session.detach(link);
    const again = new TestLink();
    session.attach(again, session.value.tree);
    await settle();
    expect([again.kinds(), pool.placed.length]).toEqual([["resumed"], 1]);
  });

  test("wakes for a socket that shows something else", async () => {
    const { pool, begin, wait } = setUp();
    const { session } = await begin();
    wait(300);
    const again = new TestLink();
    session.attach(again, 0);
    await settle();
    expect([again.kinds(), pool.placed.length]).toEqual([["resumed", "tree"], 2]);
  });

  test("wakes by itself when the app has changed, as does one that the old version's code had stopped", async () => {
    const { pool, begin, wait } = setUp();
    const { link } = await begin();
    wait(300);
    pool.pages = [...pool.pages];
    wait(1);
    await settle();
    expect([link.kinds(), pool.placed.length]).toEqual([["tree"], 2]);
    pool.hangs = true;
    pool.last.lose("reload");
    await settle();
    pool.last.lose("blocked", true);
    wait(1);
    await settle();
    expect([link.kinds(), pool.placed.length]).toEqual([["resumed", "resumed", "notice"], 3]);
    pool.hangs = false;
    pool.pages = [...pool.pages];
    wait(1);
    await settle();
    expect([link.kinds(), pool.placed.length]).toEqual([["tree"], 4]);
  });

  test("stays awake while a run goes on, or the store has not all of it", async () => {
    const { pool, begin, event, wait, sessions } = setUp();
    const { session } = await begin();
    pool.hangs = true;
    event(session, 1);
    wait(1_000);
    expect(session.value.isAsleep).toBe(false);
    pool.last.take({ n: 1 });
    pool.last.run("patch", 1);
    wait(1_000);
    expect(session.value.isAsleep).toBe(false);
    await sessions.writer.flush();
    wait(1);
    expect(session.value.isAsleep).toBe(true);
  });

  test("costs no place in a worker when its tab is gone, and is found again in the store", async () => {
    const { pool, sessions, viewers, begin, wait } = setUp();
    const { session, token, link } = await begin();
    session.detach(link);
    wait(59);
    expect(sessions.count).toBe(1);
    wait(1);
    expect([sessions.count, viewers.counts.sessions, pool.last.isClosed]).toEqual([0, 0, true]);
    const found = await sessions.find(token, viewer);
    expect(found).toBeDefined();
    expect(viewers.counts.sessions).toBe(1);
    expect(await sessions.find(token, hashOf("somebody else"))).toBeUndefined();
    expect(await sessions.find("x".repeat(43), viewer)).toBeUndefined();
  });

  test("is forgotten for good when its page never connects", async () => {
    const { pool, sessions, store, wait } = setUp();
    const { session, token } = sessions.begin(viewer, "", "");
    await session.firstView(patience);
    await sessions.writer.flush();
    wait(14);
    expect(sessions.count).toBe(1);
    wait(1);
    await settle();
    expect([sessions.count, pool.last.isClosed]).toEqual([0, true]);
    expect(await store.get(hashOf(token))).toBeUndefined();
  });

  test("is one session, however many ask for it at once", async () => {
    const { sessions, begin, wait } = setUp();
    const { session, token, link } = await begin();
    session.detach(link);
    wait(60);
    const found = await Promise.all([1, 2, 3].map(() => sessions.find(token, viewer)));
    expect(new Set(found).size).toBe(1);
    expect(sessions.count).toBe(1);
  });
});

describe("what is safe", () => {
  test("is told late, once for many events, and never before the store has it", async () => {
    const { clock, begin, event, sessions } = setUp();
    const { session, link } = await begin();
    for (let n = 1; n <= 50; n++) event(session, n, { values: { n } });
    expect(session.announce(clock.now + 10_000)).toBe(true);
    expect(link.heard.filter(({ t }) => t === "commit")).toEqual([]);
    await sessions.writer.flush();
    expect(session.announce(clock.now + 100)).toBe(false);
    expect(session.announce(clock.now + 250)).toBe(true);
    expect(link.heard.filter(({ t }) => t === "commit")).toEqual([{ t: "commit", n: 50 }]);
  });

  test("is told once a second while events go on", async () => {
    const { clock, begin, event, sessions } = setUp();
    const { session, link } = await begin();
    for (let n = 1; n <= 30; n++) {
      clock.now += 100;
      event(session, n);
      await sessions.writer.flush();
      session.announce(clock.now);
    }
    expect(link.heard.filter(({ t }) => t === "commit").length).toBeLessThanOrEqual(4);
    expect(link.heard.filter(({ t }) => t === "commit").length).toBeGreaterThanOrEqual(2);
  });

  test("does not grow while the disk is full, and the session goes on from memory over the loss of its worker", async () => {
    const store = memoryStore();
    const disk = { ...store, isFull: false };
    disk.put = async (writes) => {
      if (disk.isFull) throw new Error("database or disk is full");
      await store.put(writes);
    };
    const { pool, begin, event, sessions, wait, lines } = setUp(disk);
    const { session, link } = await begin();
    disk.isFull = true;
    event(session, 1, { trigger: { id: "button:Go" }, values: { a: 1 } });
    await settle();
    expect(pool.last.clicks).toBe(1);
    await sessions.writer.flush();
    pool.last.lose("crashed");
    await settle();
    event(session, 2, { values: { b: 2 } });
    await settle();
    expect([pool.last.values, pool.last.clicks, session.value.safe]).toEqual([{ a: 1, b: 2 }, 1, 0]);
    wait(10_000);
    expect([session.value.isAsleep, link.heard.some(({ t }) => t === "commit")]).toEqual([false, false]);
    expect(lines.filter((line) => line.includes("free some disk space"))).toHaveLength(1);
    disk.isFull = false;
    await sessions.writer.flush();
    expect(session.value.safe).toBe(2);
  });
});

describe("events on their way while the worker goes", () => {
  test("do not overtake those that are sent again", async () => {
    const { pool, begin, event } = setUp();
    const { session, link } = await begin();
    pool.hangs = true;
    event(session, 1, { trigger: { id: "button:Go" } });
    await settle();
    pool.hangs = false;
    pool.last.lose("crashed");
    event(session, 2, { values: { b: 2 } }); // the browser has not heard of the loss yet
    await settle();
    event(session, 1, { trigger: { id: "button:Go" } });
    event(session, 2, { values: { b: 2 } });
    await settle();
    expect(link.heard).toContainEqual({ t: "notice", code: "click-cut-off", n: 1, detail: "Go" });
    expect(pool.last.events.map(({ n }) => n)).toEqual([1, 2]);
    expect(pool.last.values).toEqual({ b: 2 });
  });

  test("do not overtake by coming too fast", async () => {
    const { pool, begin, event } = setUp();
    const { session, link } = await begin();
    pool.hangs = true;
    event(session, 1, { values: { a: 1 } });
    pool.hangs = false;
    pool.last.lose("moved");
    session.refuse(2, "too-fast");
    await settle();
    event(session, 1, { values: { a: 1 } });
    expect(pool.last.values).toEqual({ a: 1 });
    expect(link.kinds()).not.toContain("refused");
  });

  test("are taken where all before them was refused, and on a new socket", async () => {
    const { pool, begin, event } = setUp();
    const { session } = await begin();
    pool.hangs = true;
    event(session, 1, { values: { a: 1 } });
    pool.last.say({ t: "refused", n: 1, code: "invalid-value" });
    pool.last.lose("crashed");
    await settle();
    event(session, 2, { values: { b: 2 } });
    expect(pool.last.events.map(({ n }) => n)).toEqual([2]);
    pool.last.lose("crashed");
    await settle();
    session.attach(new TestLink(), session.value.tree);
    event(session, 3, { values: { c: 3 } });
    expect(pool.last.events.map(({ n }) => n)).toEqual([3]);
  });
});

test("a browser that wants the whole tree says which it shows, and a server that knew less goes on from there", async () => {
  const { pool, sessions, begin, wait } = setUp();
  const { session, token, link } = await begin();
  session.detach(link);
  wait(60);
  const found = await sessions.find(token, viewer);
  found?.attach(new TestLink(), 9, true);
  await settle();
  expect(pool.last.opening.treeAtLeast).toBe(9);
});

describe("one socket has a session", () => {
  test("the newest; the older one is told, and its end changes nothing", async () => {
    const { begin, event } = setUp();
    const { session, link } = await begin();
    const second = new TestLink();
    session.attach(second, session.value.tree);
    expect([link.left, session.tab.isOpen]).toEqual(["elsewhere", true]);
    session.detach(link);
    expect(session.tab.isOpen).toBe(true);
    event(session, 1);
    expect(second.kinds()).toEqual(["resumed", "patch"]);
  });

  test("what it should know is told to the next one", async () => {
    const { pool, begin } = setUp();
    const { session, link } = await begin();
    session.detach(link);
    pool.last.say({ t: "notice", code: "state-too-large", detail: "x" });
    const next = new TestLink();
    session.attach(next, session.value.tree);
    expect(next.kinds()).toEqual(["resumed", "notice"]);
  });
});

describe("numbers that no browser and no server would say", () => {
  test("of events are refused", async () => {
    const { begin } = setUp();
    const { session } = await begin();
    const say = (n: number) => session.event({ t: "event", n, tree: 1 }, "{}");
    expect(say(Number.MAX_SAFE_INTEGER)).toBe("impossible");
    expect(say(100_001)).toBe("impossible");
    expect(say(0)).toBe("taken");
    expect(session.value.passed).toBe(0);
  });

  test("of trees are refused", async () => {
    const { begin } = setUp();
    const { session } = await begin();
    expect(session.attach(new TestLink(), Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(session.attach(new TestLink(), 500)).toBe(true);
  });
});

test("what came too fast is used up, and the session sleeps all the same", async () => {
  const { pool, sessions, begin, event, wait } = setUp();
  const { session, link } = await begin();
  event(session, 1);
  session.refuse(2, "too-fast");
  expect(link.heard.at(-1)).toEqual({ t: "refused", n: 2, code: "too-fast" });
  event(session, 2, { values: { a: 1 } });
  event(session, 3, { values: { b: 1 } });
  await sessions.writer.flush();
  expect([pool.last.values, session.value.committed]).toEqual([{ b: 1 }, 3]);
  wait(300);
  expect(session.value.isAsleep).toBe(true);
});

test("going down lets a run end, writes all down, and closes every socket", async () => {
  const { pool, store, sessions, begin, event } = setUp();
  const { session, token, link } = await begin();
  pool.hangs = true;
  event(session, 1, { values: { a: 1 } });
  const drained = sessions.drain(5_000);
  expect(link.heard.at(-1)).toEqual({ t: "notice", code: "draining" });
  pool.last.take({ n: 1, values: { a: 1 } });
  pool.last.run("patch", 1);
  await drained;
  expect(link.heard.slice(-2)).toMatchObject([
    { t: "patch", done: 1 },
    { t: "commit", n: 1 },
  ]);
  expect([link.left, pool.last.isClosed]).toEqual(["away", true]);
  expect((await store.get(hashOf(token)))?.head.toString()).toContain('"committed":1');
});
