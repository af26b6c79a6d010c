import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { openToAll } from "../../packages/strongroom/src/gateway/access/access.ts";
import { sqliteStore } from "../../packages/strongroom/src/gateway/store/sqlite-store.ts";
import { AppWithSignIn } from "./app-with-sign-in.ts";
import { clientId } from "./provider.ts";

const known = "/.well-known/openid-configuration";

async function start() {
  const clock = { ahead: 0 };
  const access = { ...openToAll, allow: ["group:staff"] };
  const app = await AppWithSignIn.start({
    gateway: { access, now: () => Date.now() + clock.ahead },
    provider: { claims: { groups: ["staff"] } },
  });
  return { app, clock };
}

/** What somebody may write of themselves at many a provider, so that what it says is more than is taken. */
const ofThemselves: readonly (readonly [string, object])[] = [
  ["a long name", { name: "x".repeat(70_000) }],
  ["a name of megabytes", { name: "x".repeat(1_100_000) }],
  ["a nickname with an odd key in it", { name: JSON.parse('{"__proto__":{"groups":["staff"]}}') as object }],
  ["a deep name", { name: [[[[[[[[[[[["x"]]]]]]]]]]]] }],
];

test.each(ofThemselves)("%s does not keep a role that was taken away", async (_, claims) => {
  const { app, clock } = await start();
  await using __ = app;
  const visitor = app.visitor();
  await app.signIn(visitor);
  expect((await visitor.go(`${app.origin}/`)).status).toBe(200);
  app.provider.people.set("alice", { ...claims, groups: ["guests"] });
  for (let round = 0; round < 2; round++) {
    clock.ahead += 300_000;
    await visitor.go(`${app.origin}/`);
  }
  expect((await visitor.go(`${app.origin}/`)).status).toBe(401);
  expect((await app.signIn(visitor)).status).toBe(403);
});

test.each([
  ["java", "script:alert(1)"].join(""),
  "data:text/html,x",
  "ftp://provider.example/x",
  "not an address",
])("a provider whose pages have come to stand at %s is one that cannot be reached", async (address) => {
  const { app, clock } = await start();
  await using _ = app;
  const { issuer, lies } = app.provider;
  const truth = (await (await fetch(`${issuer}${known}`)).json()) as object;
  const visitor = app.visitor();
  await app.signIn(visitor);
  lies.set(known, () => ({ ...truth, authorization_endpoint: address, end_session_endpoint: address }));
  clock.ahead += 3_700_000;
  const other = app.visitor();
  await other.go(`${app.origin}/`);
  const begun = await app.act(other, "/_strongroom/login");
  expect([begun.status, begun.body.trim()]).toEqual([502, "unreachable"]);
  const out = await app.act(visitor, "/_strongroom/logout");
  expect(out.body).not.toContain(address);
});

test.each([["HS256"], ["none"], ["HS256", "none"]])(
  "a provider that has come to sign with %s alone signs nobody in",
  async (...algorithms) => {
    const { app, clock } = await start();
    await using _ = app;
    const { issuer, lies } = app.provider;
    const truth = (await (await fetch(`${issuer}${known}`)).json()) as object;
    await app.signIn(app.visitor());
    lies.set(known, () => ({ ...truth, id_token_signing_alg_values_supported: algorithms }));
    clock.ahead += 3_700_000;
    const other = app.visitor();
    await other.go(`${app.origin}/`);
    expect((await app.act(other, "/_strongroom/login")).status).toBe(502);
  },
);

test("a key that is not the provider's signs nobody in, also under the name of one that is", async () => {
  const { app } = await start();
  await using _ = app;
  await app.signIn(app.visitor()); // its keys are known
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const now = Math.floor(Date.now() / 1_000);
  const visitor = app.visitor();
  const asked = await app.begin(visitor);
  const nonce = asked.searchParams.get("nonce");
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = (kid: string): string => {
    const claims = { iss: app.provider.issuer, aud: clientId, sub: "alice", iat: now, exp: now + 60, nonce };
    const said = `${part({ alg: "RS256", kid })}.${part(claims)}`;
    return `${said}.${sign("sha256", Buffer.from(said), privateKey).toString("base64url")}`;
  };
  const lie = { access_token: "x", token_type: "bearer", expires_in: 60, id_token: token("test") };
  app.provider.lies.set("/token", () => lie);
  expect((await visitor.go(await visitor.passProvider(asked, "alice", app.isCallback))).status).toBe(403);
});

test("who signs in and out all day leaves one note for each sign-in, and none that is read for others'", async () => {
  const store = sqliteStore(":memory:", Buffer.alloc(32, 7));
  await using app = await AppWithSignIn.start({ gateway: { store } });
  for (let round = 0; round < 3; round++) {
    const visitor = app.visitor();
    await app.signIn(visitor);
    for (let again = 0; again < 3; again++) await app.act(visitor, "/_strongroom/logins/end-others");
    await app.act(visitor, "/_strongroom/logout");
  }
  expect(await store.records.ids("left")).toHaveLength(3);
  expect(await store.records.ids("ended")).toHaveLength(3);
});
