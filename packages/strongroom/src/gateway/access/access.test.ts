import { expect, test } from "vitest";
import { GatewayUnderTest, leavingCookie } from "../../../../../tests/gateway/gateway-under-test.ts";
import { Stalls } from "../../../../../tests/running/stalls.ts";
import type { AuditEvent } from "../audit/audit.ts";
import { Logins } from "../auth/logins.ts";
import type { GatewayOptions } from "../options.ts";
import { memoryStore } from "../store/memory-store.ts";
import type { Json } from "../../wire/schema.ts";
import { Access, openToAll, type AccessSettings } from "./access.ts";

const aDay = 86_400;
const tokens = { idToken: "x" };

interface Setting {
  readonly access?: Partial<AccessSettings>;
  readonly claims?: Record<string, Json>;
  readonly now?: () => number;
  readonly idleSeconds?: number;
}

/** A gateway with rules, and the cookie of somebody who has signed in. */
async function start({ access, claims = {}, now = Date.now, idleSeconds = aDay }: Setting = {}): Promise<{
  under: GatewayUnderTest;
  cookie: string;
  noted: AuditEvent[];
}> {
  const noted: AuditEvent[] = [];
  const store = memoryStore();
  const log = { error: () => undefined };
  const logins = await Logins.open({
    idleSeconds,
    lifeSeconds: aDay,
    records: store.records,
    log,
    now,
  });
  const identity = {
    issuer: "https://id.test",
    subject: "1",
    provider: "default",
    claims,
    signedInAt: now(),
  };
  const { setCookie } = await logins.begin(identity, tokens, { secure: false, base: "", framed: false });
  const options: Partial<GatewayOptions> = {
    store,
    now,
    audit: { note: (event) => void noted.push(event) },
    logins: { idleSeconds, lifeSeconds: aDay },
    access: { ...openToAll, ...access },
  };
  const under = await GatewayUnderTest.start(options);
  under.pool.pages.push({ path: "admin", title: "Admin", icon: "", allow: ["role:admin"] });
  return { under, noted, cookie: setCookie.split(";")[0] ?? "" };
}

const admin = { roles: ["admin"] };
const withoutNonce = (body: string): string => body.replaceAll(/nonce="[^"]*"|ticket=[\w-]+/g, "");

test("an app for people who have signed in tells everybody else the same, whatever they ask for", async () => {
  const { under } = await start({ access: { allow: "signed-in" } });
  await using _ = under;
  const bodies = [];
  for (const path of ["/", "/orders", "/admin", "/nothing"]) {
    const { status, body } = await under.fetch(path);
    expect(status, path).toBe(401);
    expect(body).not.toContain("strongroom-boot");
    bodies.push(withoutNonce(body).replaceAll(/to=[^"&]*/g, ""));
  }
  expect(new Set(bodies).size).toBe(1);
  expect(under.pool.placed).toHaveLength(0);
});

test("who has signed in and is not meant reads who they are and whom to ask, and no page runs", async () => {
  const access = { allow: ["group:staff"], contact: "the desk <help@x.com>" };
  const { under, cookie, noted } = await start({ access, claims: { email: "eve@x.com" } });
  await using _ = under;
  const { status, body } = await under.fetch("/", { headers: { cookie } });
  expect(status).toBe(403);
  expect(body).toContain("eve@x.com");
  expect(body).toContain("the desk &lt;help@x.com&gt;");
  expect(noted).toContainEqual(expect.objectContaining({ kind: "refused", subject: "1" }));
  expect(under.pool.placed).toHaveLength(0);
});

test("nothing but the doors is open to who may not open the app", async () => {
  const { under, cookie } = await start({ access: { allow: ["group:staff"] } });
  await using _ = under;
  const headers = { cookie, origin: `http://${under.host}`, "sec-fetch-site": "same-origin" };
  expect((await under.fetch("/_strongroom/ticket", { method: "POST", headers })).status).toBe(403);
  expect((await under.fetch(`/_strongroom/bytes/${"a".repeat(43)}`, { headers })).status).toBe(404);
  const upgrade = { ...headers, connection: "Upgrade", upgrade: "websocket" };
  const socket = await under.fetch("/_strongroom/socket?ticket=x", { headers: upgrade });
  expect(socket.status).toBe(403);
  expect(socket.body).toContain("Who may open the app");
});

test("a page for others answers as one that does not exist, to who has signed in and to who has not", async () => {
  const { under, cookie } = await start({ claims: { email: "eve@x.com" } });
  await using _ = under;
  for (const headers of [{}, { cookie }] as Record<string, string>[]) {
    const [hidden, none] = await Promise.all(
      ["/admin", "/nothing"].map((path) => under.fetch(path, { headers })),
    );
    expect(hidden?.status).toBe(404);
    expect(none?.status).toBe(404);
    const strip = (body = ""): string => withoutNonce(body).replaceAll(/to=[^"&]*/g, "");
    expect(strip(hidden?.body)).toBe(strip(none?.body));
  }
  expect(under.pool.placed).toHaveLength(0);
});

test("who may see a page sees it, and the worker is told of no others", async () => {
  const { under, cookie } = await start({ claims: admin });
  await using _ = under;
  const tab = await under.open("/admin", { cookie });
  expect(under.pool.last.opening.page).toBe("admin");
  expect(under.pool.last.opening.pages?.()).toEqual(["", "orders", "admin"]);
  tab.cut();
  await under.open("/");
  expect(under.pool.last.opening.pages?.()).toEqual(["", "orders"]);
});

test("a refresh does not lead back to a page that has been closed to the viewer since", async () => {
  const { under, cookie } = await start({ claims: admin });
  const tab = await under.open("/", { cookie });
  tab.send({ page: "admin" });
  await tab.hear("commit");
  tab.cut();
  under.pool.pages = under.pool.pages.map((page) =>
    page.path === "admin" ? { ...page, allow: ["role:owner"] } : page,
  );
  const headers = { cookie: `${cookie}; ${leavingCookie(tab.boot.session, "/")}` };
  const page = await under.fetch("/", { headers });
  expect(page.boot.session).not.toBe(tab.boot.session);
  expect(page.boot.messages[0]).toMatchObject({ t: "tree", page: "" });
});

test("the configuration narrows what the author allows, and the author what the configuration does", async () => {
  const access = { pages: { admin: ["group:staff"], orders: ["group:staff"] } };
  const { under, cookie } = await start({ access, claims: { ...admin, groups: ["sales"] } });
  await using _ = under;
  for (const path of ["/admin", "/orders"])
    expect((await under.fetch(path, { headers: { cookie } })).status).toBe(404);
  const other = await start({ access, claims: { groups: ["staff"] } });
  await using __ = other.under;
  expect((await other.under.fetch("/orders", { headers: { cookie: other.cookie } })).status).toBe(200);
  expect((await other.under.fetch("/admin", { headers: { cookie: other.cookie } })).status).toBe(404);
});

test("an event that names a page for others is refused like one that names no page, before any worker hears it", async () => {
  const { under } = await start();
  await using _ = under;
  const tab = await under.open("/");
  const n = tab.send({ page: "admin" });
  expect(await tab.hear("refused")).toEqual({ t: "refused", n, code: "unknown-page" });
  expect(under.pool.last.events).toHaveLength(0);
  tab.send({ page: "orders" });
  await tab.hear("patch", ({ page }) => page === "orders");
});

test("a worker that goes to a page for others is not followed", async () => {
  const { under } = await start();
  await using _ = under;
  const tab = await under.open("/");
  const nodes = [["x", "", "text", { text: "the salaries" }, null]];
  under.pool.last.say({ t: "tree", tree: 50, nodes, page: "admin" });
  expect(await tab.hear("gone")).toEqual({ t: "gone", why: "signed-out" });
  expect(JSON.stringify(tab.heard)).not.toContain("salaries");
});

test("an old session of a page that was closed to its viewer is not taken up again", async () => {
  const { under, cookie } = await start({ claims: { groups: ["sales"] } });
  await using _ = under;
  const tab = await under.open("/orders", { cookie });
  tab.cut();
  const [home] = under.pool.pages;
  if (home === undefined) throw new Error("A first page was expected.");
  under.pool.pages = [home, { path: "orders", title: "Orders", icon: "", allow: ["group:staff"] }];
  const placed = under.pool.placed.length;
  await tab.connect(await under.ticket(cookie));
  expect(await tab.resume(tab.tree)).toEqual({ t: "gone", why: "not-allowed" });
  expect(under.pool.placed).toHaveLength(placed);
});

test("bytes of a page that was closed to its viewer are no longer there", async () => {
  const { under, cookie } = await start({ claims: admin });
  await using _ = under;
  const tab = await under.open("/admin", { cookie });
  const handle = "h".repeat(43);
  under.pool.last.listener.bytes({ handle, mime: "text/plain", bytes: Buffer.from("paid") });
  const ask = async (): Promise<number> =>
    (await under.fetch(`/_strongroom/bytes/${handle}`, { headers: { cookie } })).status;
  expect(await ask()).toBe(200);
  under.pool.pages = under.pool.pages.map((page) =>
    page.path === "admin" ? { ...page, allow: ["role:owner"] } : page,
  );
  expect(await ask()).toBe(404);
  tab.cut();
});

const rounds = process.env["STRONGROOM_LONG"] === undefined ? 5 : 100;

test(`a sign-in that ends takes every open tab with it within a second, ${rounds} of ${rounds} times`, async () => {
  // Gateway and tabs are in this process: a machine that lets it wait breaks no promise.
  using stalls = new Stalls();
  for (let round = 0; round < rounds; round++) {
    let time = Date.now();
    const { under, cookie } = await start({ access: { allow: "signed-in" }, now: () => time });
    await using _ = under;
    const tabs = await Promise.all([under.open("/", { cookie }), under.open("/orders", { cookie })]);
    time += aDay * 1_000;
    const began = performance.now();
    if (round % 2 === 0) tabs[0]?.send({ page: "orders" }); // what is said first is not heard any more
    await Promise.all(tabs.map((tab) => tab.hear("gone", ({ why }) => why === "signed-out")));
    expect(await stalls.ranMs(began, performance.now())).toBeLessThan(2_000);
    expect(under.pool.placed.flatMap(({ events }) => events)).toHaveLength(0);
    expect(under.gateway.counts().sessions).toBe(0);
    expect((await under.fetch("/", { headers: { cookie } })).status).toBe(401);
  }
}, 120_000);

test("who may not come any more loses the page at once; who may see other pages is told of those", async () => {
  const { under, cookie } = await start({ claims: { groups: ["staff"] } });
  await using _ = under;
  const [first, orders] = [await under.open("/", { cookie }), await under.open("/orders", { cookie })];
  const placed = under.pool.placed.length;
  const pages = { orders: ["group:sales"] };
  under.gateway.changeAccess({ ...openToAll, allow: "signed-in", pages });
  expect(await orders.hear("gone")).toEqual({ t: "gone", why: "not-allowed" });
  await first.until(() => first.heard.filter(({ t }) => t === "resumed").length === 2);
  expect(under.pool.placed).toHaveLength(placed + 1);
  expect(under.pool.last.opening.pages?.()).not.toContain("orders");
  under.gateway.changeAccess({ ...openToAll, allow: "signed-in", pages, contact: "the data desk" });
  expect(under.pool.placed).toHaveLength(placed + 1); // nothing that this viewer sees
  under.gateway.changeAccess({ ...openToAll, allow: ["group:owners"] });
  expect(await first.hear("gone")).toEqual({ t: "gone", why: "not-allowed" });
  expect((await under.fetch("/", { headers: { cookie } })).status).toBe(403);
});

test("no rule of a page lets somebody in who may not open the app", () => {
  const access = new Access({
    settings: { ...openToAll, allow: "signed-in", pages: { news: "anyone" } },
    pool: { pages: [{ path: "news", title: "News", icon: "", allow: "anyone" }] },
    identify: () => undefined,
  });
  expect(access.see("viewer", "news")).toEqual({ ok: false, reason: "sign-in" });
  expect(access.pagesOf("viewer")).toEqual([]);
});

test("who goes on in one page all the time stays signed in", async () => {
  let time = Date.now();
  const idleSeconds = 0.5 * aDay;
  const { under, cookie } = await start({ access: { allow: "signed-in" }, now: () => time, idleSeconds });
  await using _ = under;
  const tab = await under.open("/", { cookie });
  for (let round = 0; round < 2; round++) {
    time += 0.4 * aDay * 1_000;
    const n = tab.send({ values: {} });
    await tab.hear("patch", ({ done }) => done === n);
  }
  expect((await under.fetch("/", { headers: { cookie } })).status).toBe(200);
});

test("a rule of a page that there is not is told, once the pages are known", () => {
  const pool = { pages: [] as { path: string; title: string; icon: string }[] };
  const settings = { ...openToAll, pages: { reprots: ["group:finance"], "": ["group:staff"] } };
  const access = new Access({ settings, pool, identify: () => undefined });
  expect(access.strayRules()).toEqual([]);
  pool.pages = ["", "reports"].map((path) => ({ path, title: "", icon: "" }));
  expect(access.strayRules()).toEqual(["reprots"]);
});
