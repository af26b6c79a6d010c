import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppWithSignIn } from "./app-with-sign-in.ts";

let app: AppWithSignIn;
beforeAll(async () => {
  app = await AppWithSignIn.start();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

describe("signing in", () => {
  test.each(["login", "logout", "logins/end"])("%s needs a fresh ticket of a page of ours", async (act) => {
    const visitor = app.visitor();
    const page = await visitor.go(`${app.origin}/`);
    const ticket = /"ticket":"([\w-]{43})"/.exec(page.body)?.[1] ?? "";
    const headers = { origin: app.origin, "sec-fetch-site": "same-origin" };
    const post = async (query: string): Promise<number> =>
      (await visitor.go(`${app.origin}/_strongroom/${act}${query}`, { method: "POST", headers })).status;
    expect(await post("")).toBe(403);
    expect(await post(`?ticket=${"a".repeat(43)}`)).toBe(403);
    expect(await post(`?ticket=${ticket}`)).not.toBe(403);
    expect(await post(`?ticket=${ticket}`)).toBe(403);
  });

  test("asks the provider with PKCE S256, state, nonce and our own address", async () => {
    const url = await app.begin(app.visitor());
    expect(url.origin).toBe(app.provider.issuer);
    const query = Object.fromEntries(url.searchParams);
    expect(query).toMatchObject({
      client_id: "strongroom-test",
      response_type: "code",
      code_challenge_method: "S256",
      redirect_uri: `${app.origin}/oauth2callback`,
      scope: "openid email profile",
    });
    for (const name of ["state", "nonce", "code_challenge"]) expect(query[name]).toMatch(/^[\w-]{43}$/);
  });

  test("leads back to the page it began on, with a cookie that is new and opaque", async () => {
    const visitor = app.visitor();
    const url = await app.toCallback(visitor, "alice", { to: "/orders?region=EU" });
    const before = visitor.cookies(new URL(app.origin).host);
    const done = await visitor.go(url);
    expect(done.status).toBe(303);
    expect(done.headers.location).toBe("/orders?region=EU");
    expect(done.headers["referrer-policy"]).toBe("no-referrer");
    expect(done.headers["set-cookie"]).toEqual([
      expect.stringMatching(
        /^strongroom-viewer=in\.[\w-]{43}; Path=\/; Max-Age=604800; SameSite=Lax; HttpOnly$/,
      ),
      "strongroom-sign-in=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly",
    ]);
    expect(visitor.cookies(new URL(app.origin).host)).not.toContain(before.split("=")[1]?.split(";")[0]);
  });

  test("tells the author's code who it is, and no token", async () => {
    const visitor = app.visitor();
    await visitor.go(`${app.origin}/`);
    expect(app.under.pool.last.opening.user).toEqual({ isLoggedIn: false });
    await app.signIn(visitor, "bob");
    await visitor.go(`${app.origin}/`);
    const { user } = app.under.pool.last.opening;
    expect(user).toMatchObject({
      isLoggedIn: true,
      sub: "bob",
      email: "bob@example.com",
      email_verified: true,
      iss: app.provider.issuer,
    });
    expect(JSON.stringify(user)).not.toMatch(/token|nonce|at_hash|eyJ/);
  });
});

test("below a path of a shared host, signing in and out stays below it", async () => {
  await using below = await AppWithSignIn.start({ gateway: { base: "/team/app" } });
  const visitor = below.visitor();
  const url = await below.toCallback(visitor, "alice", { to: "/orders" });
  expect(url.pathname).toBe("/team/app/oauth2callback");
  const done = await visitor.go(url);
  expect([done.status, done.headers.location]).toEqual([303, "/team/app/orders"]);
  expect(done.headers["set-cookie"]?.[0]).toMatch(/^strongroom-viewer\.team\.app=in\./);
  const out = await below.act(visitor, "/_strongroom/logout");
  const atProvider = new URL((JSON.parse(out.body) as { to: string }).to);
  expect(atProvider.searchParams.get("post_logout_redirect_uri")).toBe(`${below.home}/`);
});
