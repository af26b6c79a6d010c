import { afterAll, beforeAll, expect, test } from "vitest";
import { authSettings } from "../../packages/strongroom/src/gateway/auth/settings.ts";
import { GatewayUnderTest } from "../gateway/gateway-under-test.ts";
import { Visitor, type Answered } from "../identity/browser-without-screen.ts";
import { freePort } from "../identity/free-port.ts";
import { beginSignIn } from "../identity/played-sign-in.ts";
import { Keycloak, realm } from "./keycloak.ts";
import { clientId, clientSecret, password, realmFor } from "./realm.ts";

let keycloak: Keycloak;
let under: GatewayUnderTest;
let origin: string;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  keycloak = await Keycloak.start();
  await keycloak.manage("POST", "", realmFor(origin));
  // The section as the guide writes it: nothing in it is particular to Keycloak.
  const section = {
    redirect_uri: `${origin}/oauth2callback`,
    client_id: clientId,
    client_secret: clientSecret,
    server_metadata_url: keycloak.metadataUrl,
  };
  const auth = authSettings({ section, places: {}, isOnLoopback: true, base: "" });
  // What is known of somebody is asked for anew before each page.
  under = await GatewayUnderTest.start({ port, auth, recheckSeconds: 0 });
});
afterAll(async () => {
  await keycloak?.[Symbol.asyncDispose]();
  await under?.[Symbol.asyncDispose]();
});

/** Types name and password into Keycloak's own page; answers where that leads. */
async function passKeycloak(visitor: Visitor, to: URL, username: string): Promise<URL> {
  const isBack = (url: URL): boolean => url.origin === origin;
  const page = await visitor.follow(to, isBack);
  if (isBack(page.url)) return page.url;
  const action = /<form[^>]* id="kc-form-login"[^>]* action="([^"]+)"/.exec(page.body)?.[1];
  if (action === undefined) throw new Error(`No form at ${page.url.href}: ${page.body.slice(0, 2_000)}`);
  const body = new URLSearchParams({ username, password, credentialId: "" }).toString();
  const posted = await visitor.go(new URL(action.replaceAll("&amp;", "&")), { method: "POST", body });
  if (posted.headers.location === undefined)
    throw new Error(`Keycloak answered ${posted.status}: ${posted.body}`);
  return new URL(posted.headers.location);
}

async function signIn(visitor: Visitor, username: string): Promise<Answered> {
  return visitor.go(await passKeycloak(visitor, await beginSignIn(visitor, origin), username));
}

const cookieOf = (visitor: Visitor): string => visitor.cookies(new URL(origin).host);
async function userOf(visitor: Visitor): Promise<Readonly<Record<string, unknown>>> {
  await visitor.follow(`${origin}/`);
  return under.pool.last.opening.user;
}

async function idOf(kind: "users" | "groups", query: string): Promise<string> {
  const found: readonly { id: string }[] = (await keycloak.manage("GET", `/${realm}/${kind}?${query}`)).body;
  return found[0]?.id ?? "";
}

test("Keycloak signs somebody in, with groups among the claims, and no token for the app's code", async () => {
  using alice = new Visitor();
  const done = await signIn(alice, "alice");
  expect([done.status, done.headers.location]).toEqual([303, "/"]);
  const user = await userOf(alice);
  expect(user).toMatchObject({
    isLoggedIn: true,
    iss: `${keycloak.origin}/realms/${realm}`,
    email: "alice@example.com",
    email_verified: true,
    preferred_username: "alice",
    groups: ["finance"],
  });
  expect(JSON.stringify(user)).not.toMatch(/eyJ|nonce|at_hash/);
});

test("tokens are renewed, again and again, and the sign-in goes on", async () => {
  using alice = new Visitor();
  await signIn(alice, "alice");
  for (let time = 0; time < 3; time++) expect(await userOf(alice)).toMatchObject({ isLoggedIn: true });
  expect(under.lines.join("\n")).not.toContain("could not be checked again");
});

test("signing out of the app signs out of Keycloak, which asks for the password again", async () => {
  using alice = new Visitor();
  await signIn(alice, "alice");
  const tab = await under.open("/", { cookie: cookieOf(alice) });
  // Signed in there already: nothing is asked.
  const other = await alice.follow(await beginSignIn(alice, origin), (url) => url.origin === origin);
  expect(other.url.origin).toBe(origin);
  const headers = { origin, "sec-fetch-site": "same-origin" };
  const { body } = await alice.go(`${origin}/_strongroom/ticket`, { method: "POST", headers });
  const { ticket } = JSON.parse(body) as { ticket: string };
  const answered = await alice.go(`${origin}/_strongroom/logout?ticket=${ticket}`, {
    method: "POST",
    headers,
  });
  expect(await tab.hear("gone")).toEqual({ t: "gone", why: "signed-out" });
  const { to } = JSON.parse(answered.body) as { to: string };
  const back = await alice.follow(to, (url) => url.origin === origin);
  expect(back.url.href).toBe(`${origin}/`);
  const again = await alice.follow(await beginSignIn(alice, origin), (url) => url.origin === origin);
  expect(again.body).toContain("kc-form-login");
});

test("an administrator's sign-out reaches the open tabs of that person by the back channel", async () => {
  using alice = new Visitor();
  using bob = new Visitor();
  await signIn(alice, "alice");
  await signIn(bob, "bob");
  const tab = await under.open("/", { cookie: cookieOf(alice) });
  await keycloak.manage("POST", `/${realm}/users/${await idOf("users", "username=alice")}/logout`);
  expect(await tab.hear("gone")).toEqual({ t: "gone", why: "signed-out" });
  expect(await userOf(alice)).toEqual({ isLoggedIn: false });
  const still = await userOf(bob);
  // Keycloak leaves out a list that would be empty.
  expect([still["isLoggedIn"], still["groups"]]).toEqual([true, undefined]);
});

test("a group that somebody leaves is gone from the claims, without a new sign-in", async () => {
  using alice = new Visitor();
  await signIn(alice, "alice");
  expect(await userOf(alice)).toMatchObject({ groups: ["finance"] });
  const [user, group] = [await idOf("users", "username=alice"), await idOf("groups", "search=finance")];
  await keycloak.manage("DELETE", `/${realm}/users/${user}/groups/${group}`);
  const since = await userOf(alice);
  expect([since["isLoggedIn"], since["groups"]]).toEqual([true, undefined]);
  await keycloak.manage("PUT", `/${realm}/users/${user}/groups/${group}`);
  expect(await userOf(alice)).toMatchObject({ groups: ["finance"] });
});

test("an account that is disabled is signed out, in open tabs, too", async () => {
  using bob = new Visitor();
  await signIn(bob, "bob");
  const tab = await under.open("/", { cookie: cookieOf(bob) });
  await keycloak.manage("PUT", `/${realm}/users/${await idOf("users", "username=bob")}`, { enabled: false });
  expect(await tab.hear("gone")).toEqual({ t: "gone", why: "signed-out" });
  expect(await userOf(bob)).toEqual({ isLoggedIn: false });
});
