import { describe, expect, test } from "vitest";
import { GatewayUnderTest, leavingCookie, type Page } from "../../../../tests/gateway/gateway-under-test.ts";

test("a page comes drawn, its socket takes the session up, and an event is answered by one frame", async () => {
  await using under = await GatewayUnderTest.start();
  const tab = await under.open("/");
  expect(tab.boot.messages).toMatchObject([{ t: "tree", done: 0 }]);
  expect(tab.heard).toEqual([{ t: "resumed", received: 0, committed: 0 }]);
  tab.send({ values: { name: "Ada" } });
  const patch = await tab.hear("patch");
  expect(patch).toMatchObject({ done: 1, ops: [["=", "x", { text: '{"name":"Ada"} 0' }, []]] });
  await tab.hear("commit", ({ n }) => n === 1);
  expect(tab.heard.map(({ t }) => t)).toEqual(["resumed", "patch", "commit"]);
});

describe("a session goes on", () => {
  test("on a new socket, without a frame too many, when nothing was missed", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open();
    tab.send({ values: { a: 1 } });
    await tab.hear("commit");
    tab.cut();
    tab.heard.splice(0);
    await tab.reconnect(2);
    expect(tab.heard).toEqual([{ t: "resumed", received: 1, committed: 1 }]);
    expect([under.pool.placed.length, under.pool.last.resends]).toEqual([1, 0]);
  });

  test("on a new socket, with the whole tree, when something was missed", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open();
    tab.cut();
    under.pool.last.run("patch", undefined);
    await tab.reconnect(1);
    expect(await tab.hear("tree")).toMatchObject({ t: "tree", tree: 3 });
    expect(under.pool.placed.length).toBe(1);
  });

  test("when its worker crashes: placed anew from the last commit, uncommitted events said again", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open();
    tab.send({ values: { a: 1 } });
    await tab.hear("commit");
    under.pool.hangs = true;
    tab.send({ values: { b: 2 } });
    await tab.until(() => under.pool.last.events.length === 2);
    under.pool.hangs = false;
    tab.heard.splice(0);
    under.pool.last.lose("crashed");
    expect(await tab.hear("resumed")).toEqual({ t: "resumed", received: 1, committed: 1 });
    tab.send({ values: { b: 2 } }, 2);
    await tab.hear("patch", ({ done }) => done === 2);
    expect(under.pool.last.values).toEqual({ a: 1, b: 2 });
    expect(under.pool.last.opening).toMatchObject({ treeAtLeast: 2 });
    expect(under.pool.placed).toHaveLength(2);
  });

  test.each(["reload", "moved"] as const)("when its worker is left: %s", async (why) => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open();
    tab.send({ trigger: { id: "button:Go" } });
    await tab.hear("commit");
    for (let turn = 0; turn < 30; turn++) {
      tab.heard.splice(0);
      under.pool.last.lose(why);
      await tab.hear("tree");
    }
    expect(under.pool.last.clicks).toBe(1);
    expect(under.pool.placed).toHaveLength(31);
  });

  test("in another gateway that has the same store, when this one is killed", async () => {
    await using first = await GatewayUnderTest.start();
    const tab = await first.open("/orders?a=1");
    tab.send({ values: { a: 1 }, trigger: { id: "button:Go" } });
    await tab.hear("commit");
    const second = new GatewayUnderTest(first.store);
    await second.start();
    await using _ = second;
    const later = second.adopt(tab);
    await later.connect(await second.ticket(tab.cookie));
    expect(await later.resume(tab.tree)).toEqual({ t: "resumed", received: 1, committed: 1 });
    // The app may be another one since: the page runs, and comes whole.
    await later.hear("tree");
    later.send({ values: { b: 2 } }, 2);
    await later.hear("patch", ({ done }) => done === 2);
    expect([second.pool.last.values, second.pool.last.clicks]).toEqual([{ a: 1, b: 2 }, 1]);
  });

  test("from the very first moment that a browser knows of it", async () => {
    await using first = await GatewayUnderTest.start();
    const page = await first.fetch("/");
    const second = new GatewayUnderTest(first.store);
    await second.start();
    await using _ = second;
    const tab = second.tab(page);
    await tab.connect(await second.ticket(page.cookie));
    expect(await tab.resume(1)).toMatchObject({ t: "resumed" });
  });

  test("after a refresh, with its tree in the page at once; its cookie for that is the next page's to clear", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open("/orders?a=%C3%BC");
    tab.send({ values: { a: 1 } });
    await tab.hear("commit");
    tab.cut();
    const cookie = `${tab.cookie}; ${leavingCookie(tab.boot.session, "/orders?a=ü")}`;
    const page = await under.fetch("/orders?a=%C3%BC", { headers: { cookie } });
    expect(page.boot.session).toBe(tab.boot.session);
    expect(page.boot.messages[0]).toMatchObject({ t: "tree" });
    expect(JSON.stringify(page.boot.messages)).toContain('{\\"a\\":1} 0');
    expect(page.headers["set-cookie"]).toEqual([expect.stringMatching(/^strongroom-served=/)]);
    expect(under.pool.placed).toHaveLength(1);
    expect([under.pool.last.resends, under.pool.last.reruns]).toEqual([1, 1]);
  });

  test("for its own viewer only, whatever cookie of a tab that was left another one brings", async () => {
    await using under = await GatewayUnderTest.start();
    const [tab, other] = [await under.open("/orders"), await under.open("/orders")];
    tab.cut();
    const cookie = `${other.cookie}; ${leavingCookie(tab.boot.session, "/orders")}`;
    const page = await under.fetch("/orders", { headers: { cookie } });
    expect([page.status, page.boot.session === tab.boot.session]).toEqual([200, false]);
  });

  test("after a refresh, wherever a run has led it: the address may not have followed", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open("/orders");
    tab.send({ page: "", query: "day=monday" });
    await tab.hear("commit");
    tab.cut();
    const cookie = `${tab.cookie}; ${leavingCookie(tab.boot.session, "/orders")}`;
    const page = await under.fetch("/orders", { headers: { cookie } });
    expect(page.boot.session).toBe(tab.boot.session);
    expect(page.boot.messages[0]).toMatchObject({ t: "tree", page: "", query: "day=monday" });
  });

  test.each(["max-age=0", "no-cache"])(
    "after a refresh (%s) that comes before its first script has run, by the cookie of its document",
    async (control) => {
      await using under = await GatewayUnderTest.start();
      const page = await under.fetch("/orders?a=1");
      const cookie = (page.headers["set-cookie"] ?? []).map((line) => line.split(";")[0]).join("; ");
      const asked = (path: string, more = {}): Promise<Page> =>
        under.fetch(path, { headers: { cookie, ...more } });
      const again = await asked("/orders?a=1", { "cache-control": control });
      expect(again.boot.session).toBe(page.boot.session);
      expect(under.pool.placed).toHaveLength(1);
      const elsewhere = await asked("/orders", { "cache-control": control });
      expect(elsewhere.boot.session).not.toBe(page.boot.session);
      // Another tab that is opened in that moment.
      expect((await asked("/orders?a=1")).boot.session).not.toBe(page.boot.session);
    },
  );

  test("after a refresh whose old socket has said that it closes, and is long about it", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open("/orders");
    tab.closeSlowly();
    const cookie = `${tab.cookie}; ${leavingCookie(tab.boot.session, "/orders")}`;
    const page = await under.fetch("/orders", { headers: { cookie } });
    expect(page.boot.session).toBe(tab.boot.session);
  });

  test("after one refresh on the heels of another: no socket comes between while either is being answered", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open("/orders");
    tab.cut();
    const cookie = `${tab.cookie}; ${leavingCookie(tab.boot.session, "/orders")}`;
    const starts = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const answers = [];
    for (const start of starts) {
      under.pool.starting = start.promise;
      const before = under.pool.waits;
      answers.push(under.fetch("/orders", { headers: { cookie } }));
      await expect.poll(() => under.pool.waits).toBeGreaterThan(before);
    }
    starts[0]?.resolve();
    expect((await answers[0])?.boot.session).toBe(tab.boot.session);
    await tab.connect(await under.ticket(tab.cookie));
    expect(await tab.resume(1)).toBeUndefined();
    expect(tab.closeCode).toBe(1001);
    starts[1]?.resolve();
    expect((await answers[1])?.boot.session).toBe(tab.boot.session);
  });

  test("after a refresh that is answered so late that the old page connects once more: it is sent away", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open("/orders");
    tab.cut();
    const start = Promise.withResolvers<void>();
    under.pool.starting = start.promise;
    const before = under.pool.waits;
    const cookie = `${tab.cookie}; ${leavingCookie(tab.boot.session, "/orders")}`;
    const asked = under.fetch("/orders", { headers: { cookie } });
    await expect.poll(() => under.pool.waits).toBeGreaterThan(before);
    await tab.connect(await under.ticket(tab.cookie));
    tab.heard.splice(0);
    expect(await tab.resume(1)).toBeUndefined();
    expect(tab.closeCode).toBe(1001);
    start.resolve();
    const page = await asked;
    expect(page.boot.session).toBe(tab.boot.session);
    const next = under.tab({ boot: page.boot, cookie: tab.cookie });
    await next.connect(page.boot.ticket);
    expect(await next.resume(page.boot.messages.at(-1)?.tree ?? 0)).toMatchObject({ t: "resumed" });
  });
});

describe("a refresh begins a new session", () => {
  test.each([
    ["at another address", "/", {}],
    ["of another viewer", "/orders", { viewer: `strongroom-viewer=${"b".repeat(43)}` }],
    ["with a token that nobody has", "/orders", { token: "c".repeat(43) }],
    ["with a token that is none", "/orders", { token: "../../etc/passwd" }],
    ["left at another address", "/orders", { at: "/" }],
    ["left with another query", "/orders", { at: "/orders?a=1" }],
  ])("%s", async (_, path, { viewer, token, at }: { viewer?: string; token?: string; at?: string }) => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open("/orders");
    tab.cut();
    const cookie = `${viewer ?? tab.cookie}; ${leavingCookie(token ?? tab.boot.session, at ?? "/orders")}`;
    const page = await under.fetch(path, { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(page.boot.session).not.toBe(tab.boot.session);
    expect(page.headers["set-cookie"]).toContain("strongroom-tab=; Path=/; Max-Age=0; SameSite=Strict");
  });

  test("while another tab holds the old one", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open("/orders");
    const cookie = `${tab.cookie}; ${leavingCookie(tab.boot.session, "/orders")}`;
    const page = await under.fetch("/orders", { headers: { cookie } });
    expect(page.boot.session).not.toBe(tab.boot.session);
    expect(tab.heard.some(({ t }) => t === "gone")).toBe(false);
  });
});

describe("a click", () => {
  test("is written down before a worker hears of it, and does not run again", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open();
    under.pool.hangs = true;
    tab.send({ values: { a: 1 }, trigger: { id: "button:Pay now" } });
    await tab.until(() => under.pool.last.events.length === 1);
    under.pool.hangs = false;
    tab.heard.splice(0);
    under.pool.last.lose("crashed");
    await tab.hear("resumed");
    tab.send({ values: { a: 1 }, trigger: { id: "button:Pay now" } }, 1);
    expect(await tab.hear("notice")).toEqual({ t: "notice", code: "click-cut-off", detail: "Pay now", n: 1 });
    await tab.hear("patch", ({ done }) => done === 1);
    expect([under.pool.last.values, under.pool.last.clicks]).toEqual([{ a: 1 }, 0]);
  });

  test("does not run again in a gateway that was started after a kill", async () => {
    await using first = await GatewayUnderTest.start();
    const tab = await first.open();
    first.pool.hangs = true;
    tab.send({ trigger: { id: "button#key" } });
    await tab.until(() => first.pool.last.events.length === 1);
    const second = new GatewayUnderTest(first.store);
    await second.start();
    await using _ = second;
    const later = second.adopt(tab);
    await later.connect(await second.ticket(tab.cookie));
    expect(await later.resume(1)).toEqual({ t: "resumed", received: 0, committed: 0 });
    later.send({ trigger: { id: "button#key" } }, 1);
    expect(await later.hear("notice")).toEqual({ t: "notice", code: "click-cut-off", n: 1 });
    await later.hear("patch", ({ done }) => done === 1);
    expect(second.pool.last.clicks).toBe(0);
  });

  test.each(["moved", "crashed", "reload"] as const)(
    "that waited behind another session's run runs once: %s",
    async (why) => {
      await using under = await GatewayUnderTest.start();
      const tab = await under.open();
      under.pool.last.isBehind = true;
      tab.send({ trigger: { id: "button:Go" } });
      await tab.until(() => under.pool.last.waiting === 1);
      tab.heard.splice(0);
      under.pool.last.lose(why);
      await tab.hear("resumed");
      tab.send({ trigger: { id: "button:Go" } }, 1);
      await tab.hear("patch", ({ done }) => done === 1);
      expect(under.pool.last.clicks).toBe(1);
      expect(tab.heard.some(({ t }) => t === "notice")).toBe(false);
    },
  );

  test("that is said twice runs once", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open();
    for (let turn = 0; turn < 3; turn++) tab.send({ trigger: { id: "button:Go" } }, 1);
    tab.send({ values: { a: 1 } }, 2);
    await tab.hear("patch", ({ done }) => done === 2);
    expect(under.pool.last.clicks).toBe(1);
    expect(under.pool.last.events.map(({ n }) => n)).toEqual([1, 2]);
  });

  test("keeps its place among other events", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open();
    for (let turn = 0; turn < 20; turn++)
      tab.send(turn % 3 === 0 ? { trigger: { id: "button:Go" } } : { values: { a: turn } });
    await tab.hear("patch", ({ done }) => done === 20);
    expect(under.pool.last.events.map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    expect(under.pool.last.clicks).toBe(7);
  });
});

describe("a run that had to be stopped", () => {
  test.each([
    ["blocked", "stopped-blocked"],
    ["memory", "stopped-memory"],
  ] as const)("is not run again: %s", async (why, code) => {
    await using under = await GatewayUnderTest.start({ showErrorDetails: true });
    const [tab, other] = [await under.open(), await under.open()];
    const [mine, others] = [under.pool.placed[0], under.pool.placed[1]];
    tab.send({ values: { a: 1 } });
    await tab.hear("commit");
    under.pool.hangs = true;
    tab.send({ trigger: { id: "button:Loop" } });
    await tab.until(() => mine?.events.length === 2);
    under.pool.hangs = false;
    tab.heard.splice(0);
    mine?.lose(why, true, "app.ts:12");
    others?.lose(why, false, "app.ts:12");
    expect(await tab.hear("resumed")).toEqual({ t: "resumed", received: 2, committed: 1 });
    expect(await tab.hear("notice")).toEqual({ t: "notice", code, detail: "app.ts:12" });
    await tab.hear("tree");
    await tab.hear("commit", ({ n }) => n === 2);
    tab.send({ trigger: { id: "button:Loop" } }, 2);
    tab.send({ values: { b: 1 } }, 3);
    await tab.hear("patch", ({ done }) => done === 3);
    await other.hear("tree");
    expect(other.heard.map(({ t }) => t)).toEqual(["resumed", "resumed", "tree"]);
    expect(under.pool.placed).toHaveLength(4);
  });

  test("keeps what waited behind it", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open();
    under.pool.hangs = true;
    tab.send({ trigger: { id: "button:Loop" } });
    await tab.until(() => under.pool.last.events.length === 1);
    under.pool.last.isBehind = true;
    tab.send({ values: { later: 1 } });
    await tab.until(() => under.pool.last.waiting === 1);
    under.pool.hangs = false;
    tab.heard.splice(0);
    under.pool.last.lose("blocked", true);
    expect(await tab.hear("resumed")).toMatchObject({ received: 1 });
    tab.send({ values: { later: 1 } }, 2);
    await tab.hear("patch", ({ done }) => done === 2);
    expect([under.pool.last.values, under.pool.last.clicks]).toEqual([{ later: 1 }, 0]);
  });

  test("is told with its place only where details may be shown", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open();
    under.pool.hangs = true;
    tab.send({ values: { a: 1 } });
    await tab.until(() => under.pool.last.events.length === 1);
    under.pool.hangs = false;
    under.pool.last.lose("blocked", true, "app.ts:12");
    expect(await tab.hear("notice")).toEqual({ t: "notice", code: "stopped-blocked" });
  });

  test("that is the page's first gets a clear page, not another try", async () => {
    await using under = await GatewayUnderTest.start({ showErrorDetails: true });
    under.pool.hangs = true;
    const asked = under.fetch("/");
    while (under.pool.placed.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    under.pool.last.lose("blocked", true, "app.ts:<3>");
    const page = await asked;
    expect([page.status, under.pool.placed.length]).toEqual([500, 1]);
    expect(page.body).toContain("Stopped at app.ts:&lt;3&gt;");
    expect(under.gateway.counts().sessions).toBe(0);
  });

  test("that stops the page itself is left alone until the viewer does something", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open();
    under.pool.hangs = true;
    under.pool.last.lose("reload");
    await tab.until(() => under.pool.placed.length === 2);
    under.pool.last.lose("blocked", true);
    await tab.hear("notice", ({ code }) => code === "stopped-blocked");
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(under.pool.placed).toHaveLength(2);
    under.pool.hangs = false;
    tab.send({ values: { a: 1 } });
    await tab.hear("patch", ({ done }) => done === 1);
    expect(under.pool.placed).toHaveLength(3);
  });

  test("that ends its process each time is given up after some tries", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open();
    under.pool.hangs = true;
    tab.send({ values: { a: 1 } });
    for (let turn = 1; turn <= 3; turn++) {
      await tab.until(() => under.pool.placed.length === turn);
      if (turn > 1) tab.send({ values: { a: 1 } }, 1);
      await tab.until(() => under.pool.last.events.length === 1);
      under.pool.last.lose("crashed", true);
    }
    await tab.hear("notice", ({ code }) => code === "stopped-crashed");
    expect(tab.heard.at(-2)).toMatchObject({ t: "resumed", received: 1 });
  });
});
