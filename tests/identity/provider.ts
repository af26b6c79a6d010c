import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration } from "oidc-provider";

export const clientId = "strongroom-test";
export const clientSecret = "a-client-secret-of-the-test-0123456789";

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
  readonly #server: Server;

  private constructor(given: { issuer: string; provider: Provider; key: KeyObject; server: Server }) {
    this.issuer = given.issuer;
    this.provider = given.provider;
    this.key = given.key;
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
    const provider = new Provider(issuer, configurationOf(options, jwk));
    server.on("request", provider.callback());
    return new TestProvider({ issuer, provider, key: privateKey, server });
  }

  get metadataUrl(): string {
    return `${this.issuer}/.well-known/openid-configuration`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function configurationOf(options: ProviderOptions, jwk: object): Configuration {
  const { redirectUri, backchannelLogoutUri, claims = {} } = options;
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
    findAccount: (_: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, email: `${sub}@example.com`, email_verified: true, name: sub, ...claims }),
    }),
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
