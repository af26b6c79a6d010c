import { expect, test } from "vitest";
import { openToAll } from "../../packages/strongroom/src/gateway/access/access.ts";
import { GatewayUnderTest } from "../gateway/gateway-under-test.ts";
import { AppWithSignIn } from "./app-with-sign-in.ts";
import type { Visitor } from "./browser-without-screen.ts";

const hour = 3_600_000;

/** An app whose clock can be turned on, and that notes what it asks the provider. */
async function start(given: Parameters<typeof AppWithSignIn.start>[0] = {}) {
  const clock = { ahead: 0 };
  const now = (): number => Date.now() + clock.ahead;
  const app = await AppWithSignIn.start({ ...given, gateway: { now, ...given.gateway } });
  return { app, clock };
}

const cookieOf = (app: AppWithSignIn, visitor: Visitor): string => visitor.cookies(new URL(app.origin).host);

test("while a page is open, the provider is asked again, and what it says anew reaches the page", async () => {
  const { app, clock } = await start();
  await using _ = app;
  const visitor = app.visitor();
  app.provider.people.set("alice", { groups: ["staff"] });
  await app.signIn(visitor);
  const tab = await app.under.open("/", { cookie: cookieOf(app, visitor) });
  expect(app.under.pool.last.opening.user).toMatchObject({ groups: ["staff"] });
  const placed = app.under.pool.placed.length;
  app.provider.people.set("alice", { groups: ["staff", "finance"] });
  clock.ahead += 300_000;
  await tab.until(() => tab.heard.filter(({ t }) => t === "resumed").length === 2);
  await tab.until(() => app.under.pool.placed.length > placed);
  expect(app.under.pool.last.opening.user).toMatchObject({ groups: ["staff", "finance"], sub: "alice" });
  expect(tab.closeCode).toBeUndefined();
});

test("who is the same is not disturbed by being asked for again", async () => {
  const { app, clock } = await start();
  await using _ = app;
  const visitor = app.visitor();
  await app.signIn(visitor);
  const tab = await app.under.open("/", { cookie: cookieOf(app, visitor) });
  const grants = app.provider.grants.length;
  for (let round = 1; round <= 2; round++) {
    clock.ahead += 300_000;
    await tab.until(() => app.provider.grants.length === grants + round);
    await visitor.go(`${app.origin}/`); // waits for a check that goes on
  }
  expect(tab.heard.filter(({ t }) => t === "resumed")).toHaveLength(1);
});

test("a role that is gone ends the pages that it opened, and leads to the refusal", async () => {
  const access = { ...openToAll, allow: ["group:finance"] };
  const { app, clock } = await start({ gateway: { access } });
  await using _ = app;
  const visitor = app.visitor();
  app.provider.people.set("alice", { groups: ["finance"] });
  await app.signIn(visitor);
  const cookie = cookieOf(app, visitor);
  const tabs = [await app.under.open("/", { cookie }), await app.under.open("/", { cookie })];
  app.provider.people.set("alice", { groups: [] });
  clock.ahead += 300_000;
  for (const tab of tabs) expect(await tab.hear("gone")).toEqual({ t: "gone", why: "not-allowed" });
  expect((await visitor.go(`${app.origin}/`)).status).toBe(403);
});

test("an account that is gone is signed out, everywhere, before its next page is shown", async () => {
  const { app, clock } = await start({ gateway: { access: { ...openToAll, allow: "signed-in" } } });
  await using _ = app;
  const visitor = app.visitor();
  await app.signIn(visitor);
  const cookie = cookieOf(app, visitor);
  const tab = await app.under.open("/", { cookie });
  const placed = app.under.pool.placed.length;
  app.provider.disabled.add("alice");
  clock.ahead += 300_000;
  const next = await visitor.go(`${app.origin}/orders`);
  expect([next.status, next.headers.location]).toEqual([303, "/orders"]);
  expect(cookieOf(app, visitor)).toBe("");
  expect(await tab.hear("gone")).toEqual({ t: "gone", why: "signed-out" });
  expect((await app.under.fetch("/", { headers: { cookie } })).status).toBe(401);
  expect(app.under.pool.placed).toHaveLength(placed);
});

test("a refresh token that rotates is used once, however many ask", async () => {
  const { app, clock } = await start({
    provider: { configuration: { rotateRefreshToken: () => true } },
  });
  await using _ = app;
  const visitor = app.visitor();
  await app.signIn(visitor);
  for (let round = 1; round <= 3; round++) {
    clock.ahead += hour;
    const asked = Array.from({ length: 5 }, () => visitor.go(`${app.origin}/`));
    for (const { status } of await Promise.all(asked)) expect(status).toBe(200);
  }
  const used = app.provider.grants.map(({ refreshToken }) => refreshToken);
  expect(used).toHaveLength(3);
  expect(new Set(used).size).toBe(3);
});

test("a provider that cannot be reached refuses nobody", async () => {
  const { app, clock } = await start();
  await using _ = app;
  const visitor = app.visitor();
  await app.signIn(visitor);
  app.provider.isDown = true;
  clock.ahead += hour;
  expect((await visitor.go(`${app.origin}/`)).status).toBe(200);
  app.provider.isDown = false;
  app.provider.disabled.add("alice");
  clock.ahead += 30_000;
  expect((await visitor.go(`${app.origin}/`)).status).toBe(303);
});

const ofMallory: readonly (readonly [string, (app: AppWithSignIn) => [path: string, lie: () => object]])[] = [
  ["information about", () => ["/me", () => ({ sub: "mallory", groups: ["staff"] })]],
  [
    "an ID token of",
    ({ provider }) => [
      "/token",
      () => ({
        access_token: "x",
        token_type: "bearer",
        expires_in: 60,
        id_token: provider.idToken({ sub: "mallory" }),
      }),
    ],
  ],
];

test.each(ofMallory)("%s somebody else ends the sign-in", async (_, lie) => {
  const { app, clock } = await start();
  await using __ = app;
  const visitor = app.visitor();
  await app.signIn(visitor);
  app.provider.lies.set("/me", () => ({ sub: "alice" })); // all else is as it should be
  app.provider.lies.set(...lie(app));
  clock.ahead += 300_000;
  expect((await visitor.go(`${app.origin}/`)).status).toBe(303);
});

test("without a new ID token, what stood in the old one alone stays, and what userinfo tells no more is gone", async () => {
  // Its ID tokens hold what userinfo tells, and its renewals bring none.
  const told = { openid: ["sub", "tenant"], email: ["email", "email_verified"], profile: ["name", "groups"] };
  const { app, clock } = await start({
    provider: { configuration: { conformIdTokenClaims: false, claims: told }, claims: { tenant: "t1" } },
    gateway: { access: { ...openToAll, allow: ["group:staff"] } },
  });
  await using _ = app;
  const visitor = app.visitor();
  app.provider.people.set("alice", { groups: ["staff"] });
  await app.signIn(visitor);
  expect((await visitor.go(`${app.origin}/`)).status).toBe(200);
  const lie = { access_token: "x", token_type: "bearer", expires_in: 3_600 };
  app.provider.lies.set("/token", () => lie);
  app.provider.lies.set("/me", () => ({ sub: "alice", tenant: "t2", groups: ["staff"] }));
  clock.ahead += 300_000;
  expect((await visitor.go(`${app.origin}/`)).status).toBe(200);
  expect(app.under.pool.last.opening.user).toMatchObject({ tenant: "t2", iss: app.provider.issuer });
  app.provider.lies.set("/me", () => ({ sub: "alice", tenant: "t2" }));
  clock.ahead += 300_000;
  expect((await visitor.go(`${app.origin}/`)).status).toBe(403);
});

test("where no refresh token was given, the access token asks while it lasts; a sign-in outlives it", async () => {
  const { app, clock } = await start({ provider: { configuration: { issueRefreshToken: () => false } } });
  await using _ = app;
  const visitor = app.visitor();
  await app.signIn(visitor);
  app.provider.people.set("alice", { groups: ["finance"] });
  clock.ahead += 300_000;
  await visitor.go(`${app.origin}/`);
  expect(app.under.pool.last.opening.user).toMatchObject({ groups: ["finance"] });
  clock.ahead += 2 * hour;
  app.provider.people.set("alice", { groups: ["owners"] });
  expect((await visitor.go(`${app.origin}/`)).status).toBe(200);
  expect(app.under.pool.last.opening.user).toMatchObject({ groups: ["finance"] });
  expect(app.provider.grants).toEqual([]);
});

test("a token that is about to end is renewed before anybody is given it", async () => {
  const { app, clock } = await start();
  await using _ = app;
  const visitor = app.visitor();
  await app.signIn(visitor);
  await visitor.go(`${app.origin}/`);
  const { bearer } = app.under.pool.last.opening;
  if (bearer === undefined) throw new Error("A way to the viewer's token was expected.");
  clock.ahead += hour - 30_000;
  const tokens = await Promise.all(Array.from({ length: 3 }, bearer));
  expect(tokens[0]).toMatchObject({ ok: true });
  expect(new Set(tokens.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(app.provider.grants).toHaveLength(1);
  clock.ahead += 60_000;
  expect(await bearer()).toEqual(tokens[0]); // an hour of its own
  expect(app.provider.grants).toHaveLength(1);
});

test("several gateways on one store ask the provider once, and all hear what it says", async () => {
  const { app, clock } = await start({
    provider: { configuration: { rotateRefreshToken: () => true } },
    gateway: { access: { ...openToAll, allow: ["group:staff"] } },
  });
  await using _ = app;
  const { store } = app.under;
  const now = (): number => Date.now() + clock.ahead;
  const access = { ...openToAll, allow: ["group:staff"] };
  await using other = await GatewayUnderTest.start({ store, now, access, auth: app.auth });
  const visitor = app.visitor();
  app.provider.people.set("alice", { groups: ["staff"] });
  await app.signIn(visitor);
  const headers = { cookie: cookieOf(app, visitor) };
  const both = async (): Promise<readonly number[]> => {
    const asked = [app.under, other, app.under, other].map((under) => under.fetch("/", { headers }));
    return (await Promise.all(asked)).map(({ status }) => status);
  };
  expect(await both()).toEqual([200, 200, 200, 200]);
  for (let round = 1; round <= 3; round++) {
    clock.ahead += 300_000;
    expect(await both()).toEqual([200, 200, 200, 200]);
    expect(app.provider.grants).toHaveLength(round);
  }
  app.provider.people.set("alice", { groups: ["guests"] });
  clock.ahead += 300_000;
  expect(await both()).toEqual([403, 403, 403, 403]);
  expect(app.provider.grants).toHaveLength(4);
});
