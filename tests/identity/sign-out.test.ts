import { expect, test } from "vitest";
import { AppWithSignIn } from "./app-with-sign-in.ts";
import { event, logoutToken, tell } from "./logout-token.ts";
import type { Visitor } from "./browser-without-screen.ts";

const host = (app: AppWithSignIn): string => new URL(app.origin).host;

const openAs = (app: AppWithSignIn, visitor: Visitor) =>
  app.under.open("/", { cookie: visitor.cookies(host(app)) });

test("signing out ends every open tab at once, also at the provider, and the cookie is worth nothing", async () => {
  await using app = await AppWithSignIn.start();
  const visitor = app.visitor();
  await app.signIn(visitor);
  const cookie = visitor.cookies(host(app));
  const tabs = [await openAs(app, visitor), await openAs(app, visitor)];
  const answered = await app.act(visitor, "/_strongroom/logout");
  const to = new URL((JSON.parse(answered.body) as { to: string }).to);
  expect(to.origin + to.pathname).toBe(`${app.provider.issuer}/session/end`);
  expect(to.searchParams.get("post_logout_redirect_uri")).toBe(`${app.origin}/`);
  expect(to.searchParams.get("id_token_hint")).toMatch(/^eyJ/);
  for (const tab of tabs) expect(await tab.hear("gone")).toEqual({ t: "gone", why: "signed-out" });
  expect(visitor.cookies(host(app))).not.toContain("strongroom-viewer");
  const headers = { cookie, origin: app.origin, "sec-fetch-site": "same-origin" };
  const replayed = await app.visitor().go(`${app.origin}/_strongroom/ticket`, { method: "POST", headers });
  expect(replayed.status).toBe(403);
  await app.under.fetch("/", { headers: { cookie } });
  expect(app.under.pool.last.opening.user).toEqual({ isLoggedIn: false });
});

test("a provider that says so ends the sign-ins of a person, once for each token", async () => {
  await using app = await AppWithSignIn.start();
  const [alice, bob] = [app.visitor(), app.visitor()];
  await app.signIn(alice, "alice");
  await app.signIn(bob, "bob");
  const tabs = [await openAs(app, alice), await openAs(app, bob)] as const;
  const token = logoutToken(app);
  expect(await tell(app, token)).toBe(200);
  expect(await tabs[0].hear("gone")).toEqual({ t: "gone", why: "signed-out" });
  expect(tabs[1].heard.some(({ t }) => t === "gone")).toBe(false);
  expect(await tell(app, token)).toBe(400);
});

test("a logout that is not exactly as it must be ends nothing", async () => {
  await using app = await AppWithSignIn.start();
  const alice = app.visitor();
  await app.signIn(alice, "alice");
  const now = Math.floor(Date.now() / 1_000);
  const wrong: readonly (readonly [string, string])[] = [
    ["another issuer", logoutToken(app, { iss: "https://evil.example" })],
    ["another audience", logoutToken(app, { aud: "other" })],
    ["too old", logoutToken(app, { iat: now - 3_600, exp: now + 60 })],
    ["expired", logoutToken(app, { exp: now - 600 })],
    ["no name", logoutToken(app, { jti: undefined })],
    ["no event", logoutToken(app, { events: {} })],
    ["an event that is no object", logoutToken(app, { events: { [event]: "x" } })],
    ["nobody", logoutToken(app, { sub: undefined })],
    ["a nonce", logoutToken(app, { nonce: "n" })],
    ["the type of another token", logoutToken(app, {}, { typ: "JWT" })],
    ["no algorithm", logoutToken(app, {}, { alg: "none" })],
    ["an HMAC", logoutToken(app, {}, { alg: "HS256" })],
    ["no signature", logoutToken(app).replace(/\.[^.]*$/, ".")],
    ["nothing", ""],
  ];
  for (const [what, token] of wrong) expect([what, await tell(app, token)]).toEqual([what, 400]);
  const list = await alice.go(`${app.origin}/_strongroom/logins`);
  expect((JSON.parse(list.body) as { logins: unknown[] }).logins).toHaveLength(1);
});

test("a viewer sees and ends the sign-ins of their own, and no others", async () => {
  await using app = await AppWithSignIn.start();
  const [laptop, phone, bob] = [app.visitor(), app.visitor(), app.visitor()];
  await app.signIn(laptop, "alice");
  await app.signIn(phone, "alice");
  await app.signIn(bob, "bob");
  const tab = await openAs(app, phone);
  const listed = async (visitor: Visitor): Promise<{ id: string; isThis: boolean }[]> =>
    (JSON.parse((await visitor.go(`${app.origin}/_strongroom/logins`)).body) as { logins: never[] }).logins;
  const own = await listed(laptop);
  expect(own).toHaveLength(2);
  expect(await listed(bob)).toHaveLength(1);
  const id = own.find(({ isThis }) => !isThis)?.id ?? "";
  expect((await app.act(bob, "/_strongroom/logins/end", { id })).status).toBe(404);
  expect((await app.act(laptop, "/_strongroom/logins/end", { id })).status).toBe(200);
  expect(await tab.hear("gone")).toEqual({ t: "gone", why: "signed-out" });
  expect(await listed(laptop)).toHaveLength(1);
});

test("a flood of logouts that no provider has signed leaves a few lines in the log, and is counted", async () => {
  await using app = await AppWithSignIn.start();
  for (let at = 0; at < 60; at++) expect(await tell(app, `garbage-${at}`)).toBe(400);
  const lines = app.under.lines.filter((line) => line.includes("logout was refused"));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.length).toBeLessThan(20);
  expect(app.under.gateway.measures().securityEvents.get("refused")).toBeGreaterThanOrEqual(60);
});
