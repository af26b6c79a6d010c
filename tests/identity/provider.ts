import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration } from "oidc-provider";

export const clientId = "strongroom-test";
export const clientSecret = "a-client-secret-of-the-test-0123456789";

/** What an app is told of a provider, as the section `[auth]` of its secrets. */
export function authSection(redirectUri: string, { metadataUrl }: Pick<TestProvider, "metadataUrl">) {
  return {
    redirect_uri: redirectUri,
    client_id: clientId,
    client_secret: clientSecret,
    server_metadata_url: metadataUrl,
    // It knows no `select_account`.
    client_kwargs: { prompt: "" },
  };
}

/** The same as text. */
export function authSecrets(redirectUri: string, provider: Pick<TestProvider, "metadataUrl">): string {
  const { client_kwargs: kwargs, ...texts } = authSection(redirectUri, provider);
  const secrets = { cookie_secret: "k7Qm2xV9pL4tR8wZ1cB6nH3yS5dF0gJa", ...texts };
  const lines = Object.entries(secrets).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return `[auth]\n${lines.join("\n")}\nclient_kwargs = { prompt = ${JSON.stringify(kwargs.prompt)} }\n`;
}

interface ProviderOptions {
  /** Where it leads back to, and where it tells of logouts. */
  readonly redirectUri: string;
  readonly backchannelLogoutUri?: string;
  readonly configuration?: Configuration;
  /** Claims of whoever signs in. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** A real provider in this process: people sign in by naming themselves. */
export class TestProvider {
  readonly issuer: string;
  readonly provider: Provider;
  readonly key: KeyObject;
  /** Claims of people, beside those of everybody. */
  readonly people: Map<string, Readonly<Record<string, unknown>>>;
  /** People whose account is gone. */
  readonly disabled: Set<string>;
  /** What refresh tokens were shown, and when that was answered. */
  readonly grants: { readonly refreshToken: string; readonly at: number }[] = [];
  isDown = false;
  /** As the strictest do: its windows have nothing to do with any other. */
  isApart = false;
  /** What it answers at a path, instead of the truth. */
  readonly lies: Map<string, () => object> = new Map();
  /** Before it answers at a path, it says so, and waits. */
  readonly holds: Map<string, () => Promise<unknown>> = new Map();
  readonly #server: Server;

  private constructor(given: {
    issuer: string;
    provider: Provider;
    key: KeyObject;
    people: TestProvider["people"];
    disabled: TestProvider["disabled"];
    server: Server;
  }) {
    this.issuer = given.issuer;
    this.provider = given.provider;
    this.key = given.key;
    this.people = given.people;
    this.disabled = given.disabled;
    this.#server = given.server;
  }

  static async start(options: ProviderOptions): Promise<TestProvider> {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
    const jwk = { ...privateKey.export({ format: "jwk" }), kid: "test", alg: "RS256", use: "sig" };
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // Bound to a port: its address is an object.
    const { port } = server.address() as AddressInfo;
    const issuer = `http://127.0.0.1:${port}`;
    const people: TestProvider["people"] = new Map();
    const disabled: TestProvider["disabled"] = new Set();
    const findAccount = (_: unknown, sub: string) =>
      disabled.has(sub)
        ? undefined
        : { accountId: sub, claims: () => ({ ...usualClaims(sub), ...options.claims, ...people.get(sub) }) };
    const provider = new Provider(issuer, { findAccount, ...configurationOf(options, jwk) });
    const made = new TestProvider({ issuer, provider, key: privateKey, people, disabled, server });
    const answer = provider.callback();
    server.on("request", (request, response) => void answerTo(request, response));
    const answerTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      await made.holds.get(request.url ?? "")?.();
      if (made.isDown) return void response.writeHead(503).end();
      const lie = made.lies.get(request.url ?? "");
      if (lie !== undefined) {
        response.writeHead(200, { "content-type": "application/json" });
        return void response.end(JSON.stringify(lie()));
      }
      // Its pages ask a third party for a font: a browser under test asks nobody.
      response.setHeader(
        "content-security-policy",
        "style-src 'unsafe-inline'; font-src 'none'; frame-ancestors 'none'",
      );
      if (made.isApart) response.setHeader("cross-origin-opener-policy", "same-origin");
      answer(request, response);
    };
    provider.on("grant.success", (context) => made.#note(context));
    provider.on("grant.error", (context) => made.#note(context));
    return made;
  }

  #note({ oidc }: { readonly oidc: { readonly params?: Readonly<Record<string, unknown>> } }): void {
    const { grant_type: kind, refresh_token: refreshToken } = oidc.params ?? {};
    if (kind === "refresh_token")
      this.grants.push({ refreshToken: String(refreshToken), at: performance.now() });
  }

  /** An ID token as it gives them, with other claims. */
  idToken(claims: object): string {
    const now = Math.floor(Date.now() / 1_000);
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const payload = { iss: this.issuer, aud: clientId, iat: now, exp: now + 60, ...claims };
    const said = `${part({ alg: "RS256", kid: "test" })}.${part(payload)}`;
    return `${said}.${sign("sha256", Buffer.from(said), this.key).toString("base64url")}`;
  }

  get metadataUrl(): string {
    return `${this.issuer}/.well-known/openid-configuration`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const usualClaims = (sub: string) => ({ sub, email: `${sub}@example.com`, email_verified: true, name: sub });

function configurationOf(options: ProviderOptions, jwk: object): Configuration {
  const { redirectUri, backchannelLogoutUri } = options;
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [new URL("/", redirectUri).href],
        grant_types: ["authorization_code", "refresh_token"],
        ...(backchannelLogoutUri === undefined
          ? {}
          : { backchannel_logout_uri: backchannelLogoutUri, backchannel_logout_session_required: true }),
      },
    ],
    jwks: { keys: [jwk] },
    pkce: { required: () => true },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    features: {
      backchannelLogout: { enabled: true },
      devInteractions: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    cookies: { keys: ["a key of the test"] },
    ttl: { AccessToken: 3_600, IdToken: 3_600, Session: 3_600, Grant: 3_600, Interaction: 600 },
    issueRefreshToken: () => true,
    ...options.configuration,
  };
}
