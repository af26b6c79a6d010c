import { expect, test } from "vitest";
import { AppWithSignIn } from "./app-with-sign-in.ts";
import type { Visitor } from "./browser-without-screen.ts";

const hostOf = (app: AppWithSignIn): string => new URL(app.origin).host;
const cookieOf = (app: AppWithSignIn, visitor: Visitor, name: string): string =>
  visitor.jar.get(hostOf(app))?.get(name) ?? "";

async function isIn(app: AppWithSignIn, cookie: string): Promise<boolean> {
  const { body } = await app.under.fetch("/_strongroom/logins", { headers: { cookie } });
  return body.includes('"isThis":true');
}

test("headers that name another host, scheme or path change nothing of a sign-in", async () => {
  await using app = await AppWithSignIn.start();
  const evil = {
    forwarded: "host=evil.example;proto=https",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-forwarded-port": "443",
    "x-forwarded-prefix": "/evil",
    "x-forwarded-for": "127.0.0.1",
    "x-original-url": "/_strongroom/logout",
    "x-rewrite-url": "/_strongroom/logout",
    "x-forwarded-user": "mallory",
    "x-auth-request-email": "mallory@example.com",
  };
  const visitor = app.visitor();
  const go = visitor.go.bind(visitor);
  visitor.go = (address, options?: Parameters<Visitor["go"]>[1]) =>
    go(address, { ...options, headers: { ...evil, ...options?.headers } });
  const asked = await app.begin(visitor);
  expect(asked.searchParams.get("redirect_uri")).toBe(`${app.origin}/oauth2callback`);
  const done = await visitor.go(await visitor.passProvider(asked, "alice", app.isCallback));
  expect([done.status, done.headers.location]).toEqual([303, "/"]);
  expect(JSON.stringify(done.headers)).not.toContain("evil");
  await app.under.fetch("/", { headers: { ...evil, cookie: visitor.cookies(hostOf(app)) } });
  expect(app.under.pool.last.opening.user).toMatchObject({ sub: "alice" });
});

test("what somebody had before they signed in is worth nothing afterwards", async () => {
  await using app = await AppWithSignIn.start();
  const visitor = app.visitor();
  await visitor.go(`${app.origin}/`);
  const before = visitor.cookies(hostOf(app));
  const headers = { origin: app.origin, "sec-fetch-site": "same-origin" };
  const { body } = await visitor.go(`${app.origin}/_strongroom/ticket`, { method: "POST", headers });
  const { ticket } = JSON.parse(body) as { ticket: string };
  await app.signIn(visitor);
  expect(await isIn(app, before)).toBe(false);
  const out = `${app.origin}/_strongroom/logout?ticket=${ticket}`;
  expect((await visitor.go(out, { method: "POST", headers })).status).toBe(403);
  expect(await isIn(app, visitor.cookies(hostOf(app)))).toBe(true);
});

test("a cookie that is made for one thing serves for no other, and one that a neighbour tosses in for none", async () => {
  await using app = await AppWithSignIn.start();
  const [victim, attacker] = [app.visitor(), app.visitor()];
  await app.signIn(attacker, "mallory");
  const stolen = cookieOf(app, attacker, "strongroom-viewer");
  const callback = await app.toCallback(victim);
  const begun = cookieOf(app, victim, "strongroom-sign-in");
  for (const value of [begun, `in.${begun}`, stolen.slice("in.".length), `in.${stolen}`])
    expect([value.length, await isIn(app, `strongroom-viewer=${value}`)]).toEqual([value.length, false]);
  // A browser sends what was set first, or by the longer path, first; and lets a sibling set the last two.
  for (const tossed of ["strongroom-viewer", "\u00a0strongroom-viewer", "strongroom-viewer\u00a0"])
    expect(await isIn(app, `${tossed}=${stolen}; strongroom-viewer=${begun}`)).toBe(false);
  expect(await isIn(app, `\u00a0strongroom-viewer=${stolen}`)).toBe(false);
  const { pathname, search } = callback;
  const finish = (cookie: string) => app.under.fetch(`${pathname}${search}`, { headers: { cookie } });
  const twice = `strongroom-sign-in=${begun}; strongroom-sign-in=${"a".repeat(43)}`;
  for (const cookie of [`strongroom-sign-in=${stolen.slice(3)}`, `\u00a0strongroom-sign-in=${begun}`, twice])
    expect((await finish(cookie)).status).toBe(400);
  expect((await finish(`strongroom-sign-in=${begun}`)).status).toBe(303);
});

test("another site's page neither begins nor ends a sign-in, by no method and with no origin", async () => {
  await using app = await AppWithSignIn.start();
  const visitor = app.visitor();
  await app.signIn(visitor);
  const own = { origin: app.origin, "sec-fetch-site": "same-origin" };
  const fresh = async (): Promise<string> =>
    (
      JSON.parse(
        (await visitor.go(`${app.origin}/_strongroom/ticket`, { method: "POST", headers: own })).body,
      ) as { ticket: string }
    ).ticket;
  for (const act of ["login", "logout", "logins/end-others"]) {
    const foreign: readonly Record<string, string>[] = [
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: `${app.origin}.evil.example` },
      { origin: app.origin, "sec-fetch-site": "same-site" },
      {},
    ];
    for (const headers of foreign) {
      const to = `${app.origin}/_strongroom/${act}?ticket=${await fresh()}`;
      expect((await visitor.go(to, { method: "POST", headers })).status).toBe(403);
    }
    for (const method of ["GET", "HEAD", "PUT"]) {
      const to = `${app.origin}/_strongroom/${act}?ticket=${await fresh()}`;
      expect((await visitor.go(to, { method, headers: own })).status).toBe(405);
    }
  }
  expect(await isIn(app, visitor.cookies(hostOf(app)))).toBe(true);
});

test("a callback with a field twice, or with one of another flow, signs nobody in", async () => {
  await using app = await AppWithSignIn.start();
  const attacker = await app.toCallback(app.visitor(), "mallory");
  const stolen = attacker.searchParams.get("code") ?? "";
  const changes: readonly ((query: URLSearchParams) => void)[] = [
    (query) => query.append("state", "x"),
    (query) => query.append("code", stolen),
    (query) => query.set("code", stolen),
    (query) => query.append("iss", "https://evil.example"),
    (query) => query.set("response", "a.b.c"),
    (query) => query.set("id_token", "a.b.c"),
    (query) => query.set("error", "access_denied"),
  ];
  for (const change of changes) {
    const visitor = app.visitor();
    const url = await app.toCallback(visitor);
    change(url.searchParams);
    expect([url.search.length, (await visitor.go(url)).status]).toEqual([url.search.length, 403]);
    expect(await isIn(app, visitor.cookies(hostOf(app)))).toBe(false);
  }
});
