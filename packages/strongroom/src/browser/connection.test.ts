import { describe, expect, test } from "vitest";
import type { TreeMessage } from "../wire/messages.ts";
import { Connection, type Heard, type Other } from "./connection.ts";
import { Store } from "./store.ts";

const token = "t".repeat(43);
const tree: TreeMessage = {
  t: "tree",
  tree: 3,
  done: 0,
  page: "",
  query: "",
  nodes: [
    ["main", "", "main", {}, null],
    ["name", "main", "textInput", {}, ""],
    ["go", "main", "button", {}, null],
  ],
};

/** A server, a clock and dice that the test holds in its hands. */
function setUp() {
  const sockets: { ticket: string; sent: unknown[]; heard: Heard; isClosed: boolean }[] = [];
  const timers: { ms: number; act: () => void }[] = [];
  const asked: ((ticket: string | undefined) => void)[] = [];
  const store = new Store();
  store.receive(tree);
  const connection = new Connection(
    {
      open: (ticket, heard) => {
        const socket = { ticket, sent: [] as unknown[], heard, isClosed: false };
        sockets.push(socket);
        return { send: (text) => socket.sent.push(JSON.parse(text)), close: () => (socket.isClosed = true) };
      },
      ticket: () =>
        new Promise((take, refuse) =>
          asked.push((ticket) => (ticket === undefined ? refuse(new Error("offline")) : take(ticket))),
        ),
      after: (ms, act) => {
        const timer = { ms, act };
        timers.push(timer);
        return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
      },
      random: () => 0.5,
    },
    { store, session: token, ticket: "first" },
  );
  const others: Other[] = [];
  connection.onMessage = (message) => others.push(message);
  const down = (message: object): void => sockets.at(-1)?.heard.onText(JSON.stringify(message));
  const takeUp = (known = { received: 0, committed: 0 }): void => {
    sockets.at(-1)?.heard.onOpen();
    down({ t: "resumed", ...known });
  };
  const tick = (): void => timers.shift()?.act();
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return { store, connection, sockets, timers, asked, others, down, takeUp, tick, settle };
}

describe("a connection", () => {
  test("opens with the ticket of the page and takes the session up first", () => {
    const { connection, sockets, takeUp } = setUp();
    connection.connect();
    expect(sockets[0]?.ticket).toBe("first");
    expect(sockets[0]?.sent).toEqual([]);
    takeUp();
    expect(sockets[0]?.sent).toEqual([{ t: "resume", protocol: 1, session: token, tree: 3 }]);
    expect(connection.isOpen.get()).toBe(true);
  });

  test("sends what was done before it was open, once it is", () => {
    const { store, connection, sockets, takeUp } = setUp();
    store.actions("name").answer("Ada", undefined);
    connection.connect();
    takeUp();
    expect(sockets[0]?.sent).toMatchObject([{ t: "resume" }, { t: "event", n: 1, values: { name: "Ada" } }]);
  });

  test("sends one frame for many answers in a row, and a click at once after them", () => {
    const { store, connection, sockets, takeUp, tick } = setUp();
    connection.connect();
    takeUp();
    for (const text of ["A", "Ad", "Ada"]) store.actions("name").answer(text, undefined);
    expect(sockets[0]?.sent.slice(1)).toMatchObject([{ n: 1, values: { name: "A" } }]);
    store.actions("go").press();
    expect(sockets[0]?.sent.slice(2)).toMatchObject([
      { n: 2, values: { name: "Ada" } },
      { n: 3, trigger: { id: "go" } },
    ]);
    tick();
    expect(sockets[0]?.sent).toHaveLength(4);
  });

  test("sends what is answered after the last answer came at once, with no pace between", () => {
    const { store, connection, sockets, takeUp, down } = setUp();
    connection.connect();
    takeUp();
    store.actions("name").answer("A", undefined);
    down({ t: "patch", tree: 3, ops: [], done: 1 });
    store.actions("name").answer("Ad", undefined);
    expect(sockets[0]?.sent.slice(1)).toMatchObject([{ n: 1 }, { n: 2, values: { name: "Ad" } }]);
    store.actions("name").answer("Ada", undefined);
    expect(sockets[0]?.sent).toHaveLength(3);
  });

  test("that is lost asks for a new ticket at once, then ever later, and sends again what no commit has named", async () => {
    const { store, connection, sockets, timers, asked, takeUp, tick, settle, down } = setUp();
    connection.connect();
    takeUp();
    store.actions("name").answer("Ada", undefined);
    down({ t: "patch", tree: 3, ops: [], done: 1 });
    tick();
    store.actions("name").answer("Grace", undefined);
    down({ t: "commit", n: 1 });
    timers.splice(0);
    sockets[0]?.heard.onClose();
    expect([connection.isOpen.get(), timers.map(({ ms }) => ms)]).toEqual([false, [20]]);
    tick();
    asked.shift()?.(undefined);
    await settle();
    expect(timers.map(({ ms }) => ms)).toEqual([500 * 0.75]);
    tick();
    asked.shift()?.("second");
    await settle();
    expect(sockets[1]?.ticket).toBe("second");
    takeUp({ received: 2, committed: 1 });
    expect(sockets[1]?.sent).toMatchObject([
      { t: "resume", tree: 3, whole: true },
      { n: 2, values: { name: "Grace" } },
    ]);
  });

  test("does not send a click again of which it was told that it was cut off", async () => {
    const { store, connection, sockets, timers, asked, others, takeUp, tick, settle, down } = setUp();
    connection.connect();
    takeUp();
    store.actions("name").answer("Ada", undefined);
    store.actions("go").press();
    const { n } = (sockets[0]?.sent.at(-1) ?? {}) as { n: number };
    const cutOff = { t: "notice", code: "click-cut-off", n } as const;
    down(cutOff);
    timers.splice(0);
    sockets[0]?.heard.onClose();
    tick();
    asked.shift()?.("second");
    await settle();
    takeUp({ received: n, committed: 0 });
    expect(others).toEqual([cutOff]);
    const [, ...again] = sockets[1]?.sent ?? [];
    expect(JSON.stringify(again)).toContain("Ada");
    expect(JSON.stringify(again)).not.toContain("trigger");
  });

  test("never waits longer than ten seconds", async () => {
    const { connection, sockets, timers, asked, tick, settle } = setUp();
    connection.connect();
    sockets[0]?.heard.onClose();
    const waits: number[] = [];
    for (let turn = 0; turn < 12; turn++) {
      waits.push(timers[0]?.ms ?? 0);
      tick();
      asked.shift()?.(undefined);
      await settle();
    }
    expect(Math.max(...waits)).toBeLessThanOrEqual(10_000);
    expect(waits.at(-1)).toBe(7_500);
  });

  test("does not hear a socket that it has left", () => {
    const { connection, sockets, takeUp, timers } = setUp();
    connection.connect();
    takeUp();
    connection.close();
    sockets[0]?.heard.onText(JSON.stringify({ t: "gone", why: "expired" }));
    sockets[0]?.heard.onClose();
    expect([sockets[0]?.isClosed, timers.length]).toEqual([true, 0]);
  });

  test("fetches the whole tree when a patch does not fit", async () => {
    const { connection, sockets, asked, takeUp, down, settle } = setUp();
    connection.connect();
    takeUp();
    down({ t: "patch", tree: 9, ops: [["-", "name"]] });
    asked.shift()?.("second");
    await settle();
    takeUp();
    expect(sockets[1]?.sent).toMatchObject([{ t: "resume", tree: 3, whole: true }]);
  });

  test.each([
    ["what is no JSON", "nonsense"],
    ["an unknown kind", '{"t":"eval"}'],
    ["a field too many", '{"t":"commit","n":1,"x":1}'],
    ["bytes", new ArrayBuffer(4)],
  ])("gives up on %s: the server speaks another protocol", (_, data) => {
    const { connection, sockets, others, takeUp, timers } = setUp();
    connection.connect();
    takeUp();
    sockets[0]?.heard.onText(data);
    expect(others).toEqual([{ t: "gone", why: "protocol" }]);
    expect(timers).toEqual([]);
  });

  test("rests after too many events", () => {
    const { store, connection, sockets, takeUp, down, timers, tick } = setUp();
    connection.connect();
    takeUp();
    store.actions("go").press();
    timers.splice(0);
    down({ t: "refused", n: 1, code: "too-fast" });
    expect(sockets[0]?.sent).toHaveLength(2);
    expect(timers.map(({ ms }) => ms)).toEqual([600]);
    tick();
    expect(sockets[0]?.sent.at(-1)).toMatchObject({ n: 2, trigger: { id: "go" } });
  });
});
