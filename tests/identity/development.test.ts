import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { usualClaims } from "../../packages/strongroom/src/gateway/access/may.ts";
import { DevelopmentProvider } from "../../packages/strongroom/src/gateway/auth/development/development-provider.ts";
import type { GatewayOptions } from "../../packages/strongroom/src/gateway/options.ts";
import { memoryStore } from "../../packages/strongroom/src/gateway/store/memory-store.ts";
import { GatewayUnderTest } from "../gateway/gateway-under-test.ts";
import { Visitor, type Answered } from "./browser-without-screen.ts";
import { freePort } from "./free-port.ts";
import { beginSignIn, leadsTo, sendForm, signInAs } from "./played-sign-in.ts";

/** A gateway whose viewers sign in by the built-in provider. */
class PlayedApp implements AsyncDisposable {
  readonly under: GatewayUnderTest;
  readonly provider: DevelopmentProvider;
  readonly origin: string;
  readonly visitor = new Visitor();

  private constructor(under: GatewayUnderTest, provider: DevelopmentProvider, origin: string) {
    this.under = under;
    this.provider = provider;
    this.origin = origin;
  }

  static async start(options: Partial<GatewayOptions> = {}): Promise<PlayedApp> {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const provider = await DevelopmentProvider.start(origin, usualClaims);
    try {
      const under = await GatewayUnderTest.start({ port, auth: provider.auth, editing: true, ...options });
      return new PlayedApp(under, provider, origin);
    } catch (error) {
      provider.stop();
      throw error;
    }
  }

  get issuer(): string {
    const [settings] = this.provider.auth.providers.values();
    return settings?.metadataUrl.origin ?? "";
  }

  begin(query: Readonly<Record<string, string>> = {}): Promise<URL> {
    return beginSignIn(this.visitor, this.origin, query);
  }

  send(at: URL, fields: Readonly<Record<string, string>>, origin?: string): Promise<Answered> {
    return sendForm(this.visitor, at, fields, origin);
  }

  signIn(fields: Readonly<Record<string, string>>, query = {}): Promise<Answered> {
    return signInAs(this.visitor, this.origin, fields, query);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.visitor[Symbol.dispose]();
    this.provider.stop();
    await this.under[Symbol.asyncDispose]();
  }
}

const alice = { email: "alice@example.com", name: "Alice", groups: "admins, hr", roles: "editor" };

describe("the built-in provider", () => {
  let app: PlayedApp;
  beforeAll(async () => {
    app = await PlayedApp.start();
  });
  afterAll(() => app[Symbol.asyncDispose]());

  test("signs in whoever one says to be, by the way of all providers, whatever name the app's code gives it", async () => {
    const done = await app.signIn(alice, { provider: "google", to: "/orders" });
    expect([done.status, done.headers.location]).toEqual([303, "/orders"]);
    const page = await app.visitor.go(`${app.origin}/`);
    const { user } = app.under.pool.last.opening;
    expect(user).toMatchObject({
      isLoggedIn: true,
      iss: app.issuer,
      email: "alice@example.com",
      email_verified: true,
      name: "Alice",
      groups: ["admins", "hr"],
      roles: ["editor"],
    });
    expect(JSON.stringify(user)).not.toMatch(/token|eyJ/);
    expect(page.body).toContain('"playing":{"by":"sign-in","who":"alice@example.com, admins, hr, editor"}');
  });

  test("says loudly what it is, and remembers who was chosen", async () => {
    const { body } = await app.visitor.go(await app.begin());
    for (const words of ["Development sign-in", "on this machine only", "alice@example.com"])
      expect(body).toContain(words);
  });

  test("leads nobody anywhere but back to the app", async () => {
    for (const [name, value] of [
      ["redirect_uri", "https://evil.example/oauth2callback"],
      ["redirect_uri", `${app.origin}/oauth2callback/../x`],
      ["client_id", "other"],
      ["response_type", "token"],
      ["code_challenge_method", "plain"],
    ] as const) {
      const url = await app.begin();
      url.searchParams.set(name, value);
      for (const answered of [await app.visitor.go(url), await app.send(url, alice)]) {
        expect([name, answered.status, answered.headers.location]).toEqual([name, 400, undefined]);
        expect(answered.body).not.toContain("evil.example");
      }
    }
    const end = await app.visitor.go(
      `${app.issuer}/end-session?post_logout_redirect_uri=${encodeURIComponent("https://evil.example/")}`,
    );
    expect([end.status, end.headers.location]).toEqual([200, undefined]);
  });

  test("takes no form of another page, and answers under no other name", async () => {
    const url = await app.begin();
    for (const origin of ["https://evil.example", "null", app.origin])
      expect((await app.send(url, alice, origin)).status).toBe(403);
    const other = await app.visitor.go(url, { headers: { host: "evil.example" } });
    expect(other.status).toBe(421);
    const named = await app.visitor.go(url, {
      headers: { host: new URL(url).host.replace("127.0.0.1", "localhost") },
    });
    expect(named.status).toBe(421);
  });

  test("gives tokens to the gateway alone, once for each code, for the attempt that it belongs to", async () => {
    const [settings] = app.provider.auth.providers.values();
    const back = leadsTo(await app.send(await app.begin(), alice));
    const fields = {
      grant_type: "authorization_code",
      client_id: settings?.clientId ?? "",
      client_secret: settings?.clientSecret ?? "",
      redirect_uri: `${app.origin}/oauth2callback`,
      code: back.searchParams.get("code") ?? "",
      code_verifier: "x".repeat(43),
    };
    const token = new URL(`${app.issuer}/token`);
    expect((await app.send(token, { ...fields, client_secret: "guessed" })).body).toContain("invalid_client");
    expect((await app.send(token, { ...fields, redirect_uri: "https://evil.example/" })).body).toContain(
      "invalid_grant",
    );
    // The verifier of another attempt uses the code up.
    expect((await app.send(token, fields)).body).toContain("invalid_grant");
    expect((await app.visitor.go(back)).body).toContain("The sign-in did not succeed");
  });

  test("whoever cancels is told so, and what names nobody is asked again", async () => {
    const done = await app.signIn({ cancel: "yes" });
    expect(done.body).toContain("You did not sign in");
    for (const email of ["", "alice", "alice@example.com\r\nx", "a".repeat(300)]) {
      const answered = await app.send(await app.begin(), { ...alice, email });
      expect([answered.status, answered.body.includes("Expected: an address")]).toEqual([400, true]);
    }
  });

  test("listens at this machine's own address only", async () => {
    const { port } = new URL(app.issuer);
    const outer = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === "IPv4" && !internal);
    for (const { address } of outer)
      await expect(app.visitor.go(`http://${address}:${port}/keys`)).rejects.toThrow("ECONNREFUSED");
    expect((await app.visitor.go(`${app.issuer}/keys`)).body).toContain('"kty":"EC"');
  });
});

test.each<[string, Partial<GatewayOptions>]>([
  ["that nobody edits", { editing: false }],
  ["that other machines reach", { host: "0.0.0.0" }],
  ["that other machines reach by IPv6", { host: "::" }],
  ["that a proxy leads to", { allowedOrigins: ["https://app.example.com"] }],
])("no gateway %s starts with the built-in provider", async (_, options) => {
  await expect(PlayedApp.start(options)).rejects.toMatchObject({ code: "ERR_DEVELOPMENT_SIGN_IN" });
});

test("a sign-in by it is worth nothing where it is not in force any more", async () => {
  const store = memoryStore();
  let cookie: string;
  {
    await using app = await PlayedApp.start({ store });
    await app.signIn(alice);
    cookie = app.visitor.cookies(new URL(app.origin).host);
    await app.under.fetch("/", { headers: { cookie } });
    expect(app.under.pool.last.opening.user).toMatchObject({ isLoggedIn: true });
  }
  await using under = await GatewayUnderTest.start({ store });
  await under.fetch("/", { headers: { cookie } });
  expect(under.pool.last.opening.user).toEqual({ isLoggedIn: false });
});
