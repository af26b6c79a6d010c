import type * as OpenidClient from "openid-client";
import { decode } from "../../wire/schema.ts";
import { claimsOf } from "./claims.ts";
import { identitySchema, type Identity } from "./identity.ts";
import { providerFetch } from "./provider-fetch.ts";
import type { ProviderSettings } from "./settings.ts";
import { tokensSchema, type Tokens } from "./tokens.ts";
import { asymmetric, checkTokenHead } from "./token-head.ts";

type Client = typeof OpenidClient;

/** What is known of a provider that was found. */
export interface Found {
  readonly client: Client;
  readonly config: OpenidClient.Configuration;
}

/** One attempt to sign in: what only this app and the provider know of it. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

const timeoutSeconds = 10;
const keepMs = 3_600_000;
/** A provider that did not answer is not asked again at once. */
const restMs = 3_000;

/** A provider of identities, by OpenID Connect: found when it is first needed. */
export class Provider {
  readonly settings: ProviderSettings;
  readonly #redirectUri: string;
  readonly #now: () => number;
  #finding: Promise<Found> | undefined;
  #foundAt = 0;

  constructor(settings: ProviderSettings, redirectUri: URL, now: () => number) {
    this.settings = settings;
    this.#redirectUri = redirectUri.href;
    this.#now = now;
  }

  /** Its metadata, read again once an hour. */
  find(): Promise<Found> {
    const now = this.#now();
    if (this.#finding === undefined || now - this.#foundAt > keepMs) {
      this.#foundAt = now;
      const finding = find(this.settings);
      this.#finding = finding;
      finding.catch(() => void (this.#foundAt = now - keepMs + restMs));
    }
    return this.#finding;
  }

  /** Where the viewer signs in. */
  async authorizationUrl({ state, nonce, verifier }: Attempt): Promise<URL> {
    const { client, config } = await this.find();
    return client.buildAuthorizationUrl(config, {
      ...this.settings.parameters,
      redirect_uri: this.#redirectUri,
      response_type: "code",
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
  }

  /** Who has signed in, from what the provider sent the viewer back with. Rejects whatever is not exactly as it must be. */
  async finish(
    query: string,
    { state, nonce, verifier }: Attempt,
  ): Promise<{ identity: Identity; tokens: Tokens }> {
    const { client, config } = await this.find();
    const answered = await client.authorizationCodeGrant(config, new URL(`${this.#redirectUri}?${query}`), {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const token = answered.claims();
    if (answered.id_token === undefined || token === undefined)
      throw new TypeError("An ID token was expected.");
    checkTokenHead(answered.id_token);
    const more = await this.#userInfo({ client, config }, answered.access_token, token.sub);
    const identity = {
      issuer: token.iss,
      subject: token.sub,
      provider: this.settings.name,
      claims: claimsOf({ ...more, ...token }),
      signedInAt: this.#now(),
    };
    return {
      identity: decoded(identitySchema, identity),
      tokens: this.#tokens(answered, { idToken: answered.id_token, sid: token["sid"] }),
    };
  }

  /** New tokens for old; nothing where the provider will give none any more. */
  async refresh(tokens: Tokens): Promise<Tokens | undefined> {
    if (tokens.refreshToken === undefined) return undefined;
    const { client, config } = await this.find();
    try {
      const answered = await client.refreshTokenGrant(config, tokens.refreshToken);
      if (answered.id_token !== undefined) checkTokenHead(answered.id_token);
      // Where it does not rotate, the old one stays good (RFC 6749, 6).
      const kept = { refresh_token: answered.refresh_token ?? tokens.refreshToken };
      const idToken = answered.id_token ?? tokens.idToken;
      return this.#tokens(
        { ...answered, ...kept, expires_in: answered.expires_in },
        { idToken, sid: tokens.sid },
      );
    } catch (error) {
      if (error instanceof client.ResponseBodyError && error.error === "invalid_grant") return undefined;
      throw error;
    }
  }

  /** Where the viewer signs out at the provider, if it has such a place. */
  async endSessionUrl(idToken: string): Promise<URL | undefined> {
    const { client, config } = await this.find();
    if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
    return client.buildEndSessionUrl(config, {
      id_token_hint: idToken,
      post_logout_redirect_uri: new URL("/", this.#redirectUri).href,
    });
  }

  /** What the ID token may leave out. Its `sub` must be the same (OpenID Connect Core, 5.3.2). */
  async #userInfo(
    { client, config }: Pick<Found, "client" | "config">,
    accessToken: string,
    subject: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    if (config.serverMetadata().userinfo_endpoint === undefined) return {};
    return client.fetchUserInfo(config, accessToken, subject);
  }

  #tokens(
    answered: { access_token: string; refresh_token?: string | undefined; expires_in?: number | undefined },
    { idToken, sid }: { idToken: string; sid: unknown },
  ): Tokens {
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = answered;
    return decoded(tokensSchema, {
      idToken,
      accessToken,
      ...(refreshToken === undefined ? {} : { refreshToken }),
      ...(seconds === undefined ? {} : { expiresAt: this.#now() + seconds * 1_000 }),
      ...(typeof sid === "string" && sid !== "" ? { sid } : {}),
    });
  }
}

function decoded<T>(schema: Parameters<typeof decode<T>>[0], value: unknown): T {
  const read = decode(schema, value);
  if (!read.ok)
    throw new TypeError(`At ${read.at} of what the provider sent: ${read.expected} was expected.`);
  return read.value;
}

async function find({ metadataUrl, clientId, clientSecret }: ProviderSettings): Promise<Found> {
  const client = await import("openid-client");
  const isPlain = metadataUrl.protocol === "http:";
  const issuer = metadataUrl.href.replace(/\/\.well-known\/.*$/, "");
  // Two services have issuers that hold a place for the tenant: the library knows how theirs are compared.
  const hasTenants = /(?:^|\.)(?:microsoftonline\.com|b2clogin\.com)$/.test(metadataUrl.hostname);
  const config = await client.discovery(
    hasTenants ? new URL(issuer) : metadataUrl,
    clientId,
    { client_secret: clientSecret },
    undefined,
    {
      timeout: timeoutSeconds,
      [client.customFetch]: providerFetch(isPlain),
      // Plain http is for a provider on this machine; what is fetched is checked again for each address.
      execute: [client.enableNonRepudiationChecks, ...(isPlain ? [client.allowInsecureRequests] : [])],
    },
  );
  const metadata = config.serverMetadata();
  // OpenID Connect Discovery, 4.3.
  if (!hasTenants && metadata.issuer !== issuer && metadata.issuer !== `${issuer}/`)
    throw new TypeError(
      "The issuer in the provider's metadata was expected to be the one of server_metadata_url.",
    );
  const algorithms = metadata.id_token_signing_alg_values_supported;
  if (algorithms !== undefined && !algorithms.some((name) => asymmetric.includes(name)))
    throw new TypeError("A provider that signs with a key pair was expected.");
  return { client, config };
}
