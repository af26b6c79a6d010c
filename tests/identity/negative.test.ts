import { createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import type { Json } from "../../packages/strongroom/src/wire/schema.ts";
import { AppWithSignIn } from "./app-with-sign-in.ts";
import { clientId, clientSecret } from "./provider.ts";

const good = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const other = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token, signed or not. */
function token(payload: object, head: object, key: KeyObject | "none" | "hmac" = good.privateKey): string {
  const said = `${part(head)}.${part(payload)}`;
  if (key === "none") return `${said}.`;
  if (key !== "hmac") return `${said}.${sign("sha256", Buffer.from(said), key).toString("base64url")}`;
  const secret = good.publicKey.export({ type: "spki", format: "pem" });
  return `${said}.${createHmac("sha256", secret).update(said).digest("base64url")}`;
}

interface Lies {
  readonly claims?: (said: Record<string, unknown>) => Record<string, unknown>;
  readonly head?: object;
  readonly key?: KeyObject | "none" | "hmac";
  readonly metadata?: object;
  readonly userInfo?: object;
}

/** A provider that lies as it is told. */
async function lyingProvider(lies: Lies) {
  const asked: string[] = [];
  let nonce = "";
  const server = createServer((request, response) => void answer(request).then((body) => response.end(body)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // Bound to a port: its address is an object.
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = async (request: IncomingMessage): Promise<string> => {
    asked.push(request.url ?? "");
    if (request.url === "/jwks")
      return JSON.stringify({
        keys: [{ ...good.publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256" }],
      });
    if (request.url === "/userinfo") return JSON.stringify({ sub: "alice", ...lies.userInfo });
    if (request.url === "/token") {
      await text(request);
      const now = Math.floor(Date.now() / 1_000);
      const said = { iss: issuer, sub: "alice", aud: clientId, exp: now + 60, iat: now, nonce };
      const idToken = token(lies.claims?.(said) ?? said, { alg: "RS256", kid: "k", ...lies.head }, lies.key);
      return JSON.stringify({ access_token: "at", token_type: "Bearer", expires_in: 60, id_token: idToken });
    }
    return JSON.stringify({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      ...(lies.userInfo === undefined ? {} : { userinfo_endpoint: `${issuer}/userinfo` }),
      response_types_supported: ["code"],
      id_token_signing_alg_values_supported: ["RS256"],
      authorization_response_iss_parameter_supported: true,
      ...lies.metadata,
    });
  };
  return {
    issuer,
    asked,
    knows: (value: string) => void (nonce = value),
    [Symbol.asyncDispose]: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Signs in at a provider that lies; answers the status of the callback. */
async function signInAt(
  lies: Lies,
  change: (query: URLSearchParams) => void = () => undefined,
  more: Readonly<Record<string, Json>> = {},
) {
  await using provider = await lyingProvider(lies);
  const server_metadata_url = `${provider.issuer}/.well-known/openid-configuration`;
  await using app = await AppWithSignIn.start({ section: { server_metadata_url, ...more } });
  const visitor = app.visitor();
  const url = await app.begin(visitor);
  provider.knows(url.searchParams.get("nonce") ?? "");
  const query = new URLSearchParams({
    code: "c",
    state: url.searchParams.get("state") ?? "",
    iss: provider.issuer,
  });
  change(query);
  const { status } = await visitor.go(`${app.origin}/oauth2callback?${query}`);
  const logins = await visitor.go(`${app.origin}/_strongroom/logins`);
  return { status, isIn: logins.body.includes('"isThis":true'), asked: provider.asked };
}

test("a provider that says the truth signs in", async () => {
  expect(await signInAt({ userInfo: {} })).toMatchObject({ status: 303, isIn: true });
});

const soon = Math.floor(Date.now() / 1_000);
test.each<[string, Lies]>([
  ["of another issuer", { claims: (said) => ({ ...said, iss: "https://evil.example" }) }],
  ["for another app", { claims: (said) => ({ ...said, aud: "somebody-else" }) }],
  ["for several apps, without saying which", { claims: (said) => ({ ...said, aud: [clientId, "other"] }) }],
  ["with another nonce", { claims: (said) => ({ ...said, nonce: "n".repeat(43) }) }],
  ["without a nonce", { claims: (said) => ({ ...said, nonce: undefined }) }],
  ["without a subject", { claims: (said) => ({ ...said, sub: undefined }) }],
  ["that has expired", { claims: (said) => ({ ...said, exp: soon - 600, iat: soon - 1_200 }) }],
  ["that is not valid yet", { claims: (said) => ({ ...said, nbf: soon + 3_600 }) }],
  ["signed with another key", { key: other.privateKey }],
  ["not signed at all", { head: { alg: "none" }, key: "none" }],
  ["not signed, in other letters", { head: { alg: "NoNe" }, key: "none" }],
  ["signed with the public key as a secret", { head: { alg: "HS256" }, key: "hmac" }],
  [
    "with a key of its own in the head",
    {
      head: { jwk: other.publicKey.export({ format: "jwk" }), jku: "https://evil.example/jwks", kid: "../k" },
      key: other.privateKey,
    },
  ],
  ["with a rule that nobody knows", { head: { crit: ["x"], x: 1 } }],
  ["that is packed", { head: { zip: "DEF" } }],
  ["that is very long", { claims: (said) => ({ ...said, more: "x".repeat(30_000) }) }],
  ["of one person, and information of another", { userInfo: { sub: "mallory" } }],
])("an ID token %s signs nobody in", async (_, lies) => {
  expect(await signInAt(lies)).toMatchObject({ status: 403, isIn: false });
});

test.each<[string, (query: URLSearchParams) => void]>([
  ["another state", (query) => query.set("state", "s".repeat(43))],
  ["no state", (query) => query.delete("state")],
  ["the issuer of another provider", (query) => query.set("iss", "https://evil.example")],
  ["no issuer, where the provider says that it names itself", (query) => query.delete("iss")],
])("a callback with %s signs nobody in, and its code goes nowhere", async (_, change) => {
  const { asked, ...outcome } = await signInAt({}, change);
  expect(outcome).toEqual({ status: 403, isIn: false });
  expect(asked).not.toContain("/token");
});

test.each<[string, number | undefined, number]>([
  ["a moment ago is let in", soon, 303],
  ["an hour ago is not, whatever the provider was asked", soon - 3_600, 403],
  ["nobody knows when is not", undefined, 403],
])("where max_age is asked for, who signed in %s", async (_, auth_time, status) => {
  const claims = (said: Record<string, unknown>) => ({ ...said, auth_time });
  const more = { client_kwargs: { max_age: 300, prompt: "" } };
  expect(await signInAt({ claims }, undefined, more)).toMatchObject({ status });
});

test("metadata of another issuer is not believed", async () => {
  await expect(signInAt({ metadata: { issuer: "https://evil.example" } })).rejects.toThrow("502");
});

test("a callback counts once, for the browser that began, and for nobody else", async () => {
  await using app = await AppWithSignIn.start();
  const [victim, attacker] = [app.visitor(), app.visitor()];
  const url = await app.toCallback(attacker);
  await victim.go(`${app.origin}/`);
  expect((await victim.go(url)).status).toBe(400);
  const many = await Promise.all(Array.from({ length: 20 }, () => attacker.go(url)));
  expect(many.filter(({ status }) => status === 303)).toHaveLength(1);
  expect((await attacker.go(url)).status).toBe(400);
});

test("who begins at one of several providers cannot end at another", async () => {
  await using other = await lyingProvider({});
  await using app = await AppWithSignIn.start({
    section: {
      other: {
        client_id: clientId,
        client_secret: clientSecret,
        server_metadata_url: `${other.issuer}/.well-known/openid-configuration`,
      },
    },
  });
  const visitor = app.visitor();
  const state = (await app.begin(visitor, { provider: "other" })).searchParams.get("state") ?? "";
  const honest = await app.toCallback(app.visitor());
  honest.searchParams.set("state", state);
  expect((await visitor.go(honest)).status).toBe(403);
  expect(other.asked).not.toContain("/token");
});

test("what leads elsewhere after a sign-in leads to the first page", async () => {
  await using app = await AppWithSignIn.start();
  for (const to of [
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "/%2f/evil",
    "data:text/html,x",
    "/a/../b",
  ]) {
    const visitor = app.visitor();
    const done = await app.signIn(visitor, "alice", { to });
    expect([to, done.status, done.headers.location]).toEqual([to, 303, "/"]);
  }
});
