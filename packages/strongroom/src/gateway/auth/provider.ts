import { decodeJwt, type JSONWebKeySet } from "jose";
import { claimsOf, sameTimes } from "./claims.ts";
import { isRefusal } from "./provider-refusal.ts";
import { decoded, fetchKeys, findProvider, type Found } from "./find-provider.ts";
import { identitySchema, type Identity } from "./identity.ts";
import type { ProviderSettings } from "./settings.ts";
import { tokensSchema, type Tokens } from "./tokens.ts";
import { checkTokenHead } from "./token-head.ts";

/** One attempt to sign in: what only this app and the provider know of it. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Tokens as they were, and as they are: the same where nothing was renewed. */
export interface TokenChange {
  readonly before: Tokens;
  readonly now: Tokens;
}

const keepMs = 3_600_000;
/** A provider that did not answer is not asked again at once. */
const restMs = 3_000;
const keysMs = 5_000;

/** A provider of identities, by OpenID Connect: found when it is first needed. */
export class Provider {
  readonly settings: ProviderSettings;
  readonly #redirectUri: string;
  readonly #now: () => number;
  #finding: Promise<Found> | undefined;
  #foundAt = 0;
  #keys: Promise<JSONWebKeySet> | undefined;
  #keysAt = 0;

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
      const finding = findProvider(this.settings);
      this.#finding = finding;
      finding.catch(() => void (this.#foundAt = now - keepMs + restMs));
    }
    return this.#finding;
  }

  /** May a token that says so be this provider's? Decided before anything is fetched. */
  mayBe(issuer: string | undefined): boolean {
    const { origin } = this.settings.metadataUrl;
    return issuer !== undefined && URL.canParse(issuer) && new URL(issuer).origin === origin;
  }

  /** The keys with which it signs, read anew at most every few seconds. */
  async keys(issuer: string): Promise<{ readonly issuer: string; readonly keys: JSONWebKeySet }> {
    const { config } = await this.find();
    const metadata = config.serverMetadata();
    if (metadata.issuer !== issuer || metadata.jwks_uri === undefined)
      throw new TypeError("A provider with this issuer, and keys, was expected.");
    const now = this.#now();
    if (this.#keys === undefined || now - this.#keysAt > keysMs) {
      this.#keysAt = now;
      this.#keys = fetchKeys(this.settings, metadata.jwks_uri);
    }
    return { issuer, keys: await this.#keys };
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
      ...(this.settings.maxAge === undefined ? {} : { maxAge: this.settings.maxAge }),
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
      tokens: this.#tokens(answered, {
        idToken: answered.id_token,
        sid: token["sid"],
        told: Object.keys(more),
      }),
    };
  }

  /** New tokens for old; nothing where the provider will give none any more, or gives somebody else's. */
  async refresh(tokens: Tokens, { issuer, subject }: Identity): Promise<Tokens | undefined> {
    const { client, config } = await this.find();
    try {
      const answered = await client.refreshTokenGrant(config, tokens.refreshToken ?? "");
      const token = answered.claims();
      if (answered.id_token !== undefined) checkTokenHead(answered.id_token);
      // OpenID Connect Core, 12.2.
      if (token !== undefined && (token.iss !== issuer || token.sub !== subject)) return undefined;
      // Where it does not rotate, the old one stays good (RFC 6749, 6).
      const kept = { refresh_token: answered.refresh_token ?? tokens.refreshToken };
      const idToken = answered.id_token ?? tokens.idToken;
      return this.#tokens(
        { ...answered, ...kept, expires_in: answered.expires_in },
        { idToken, sid: tokens.sid, told: tokens.told },
      );
    } catch (error) {
      if (isRefusal(client, error)) return undefined;
      throw error;
    }
  }

  /** What the provider says of a person now; nothing where it does not take the token any more, or it is somebody else's. */
  async identify({ before, now }: TokenChange, identity: Identity): Promise<Identity | undefined> {
    const found = await this.find();
    try {
      const info = await this.#userInfo(found, now.accessToken, identity.subject);
      const token: Record<string, unknown> = decodeJwt(now.idToken);
      const isOld = now.idToken === before.idToken; // no renewal need bring one (OpenID Connect Core, 12.2)
      // A role that is taken away is often one that userinfo leaves out: the old token may not bring it back.
      if (isOld) for (const name of before.told ?? []) delete token[name];
      // The newer of the two has the last word.
      const said = isOld ? { ...token, ...info } : { ...info, ...token };
      const claims = sameTimes(claimsOf(said), identity.claims);
      return decoded(identitySchema, { ...identity, claims });
    } catch (error) {
      if (isRefusal(found.client, error)) return undefined;
      throw error;
    }
  }

  /** Where the viewer signs out at the provider, if it has such a place. */
  async endSessionUrl(idToken: string): Promise<URL | undefined> {
    const { client, config } = await this.find();
    if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
    return client.buildEndSessionUrl(config, {
      id_token_hint: idToken,
      post_logout_redirect_uri: new URL(".", this.#redirectUri).href,
    });
  }

  /** What the ID token may leave out. Its `sub` must be the same (OpenID Connect Core, 5.3.2). */
  async #userInfo(
    { client, config }: Pick<Found, "client" | "config">,
    accessToken: string | undefined,
    subject: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    if (accessToken === undefined || config.serverMetadata().userinfo_endpoint === undefined) return {};
    return client.fetchUserInfo(config, accessToken, subject);
  }

  #tokens(
    answered: { access_token: string; refresh_token?: string | undefined; expires_in?: number | undefined },
    { idToken, sid, told }: { idToken: string; sid: unknown; told: readonly string[] | undefined },
  ): Tokens {
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = answered;
    return decoded(tokensSchema, {
      idToken,
      accessToken,
      ...(refreshToken === undefined ? {} : { refreshToken }),
      ...(seconds === undefined ? {} : { expiresAt: this.#now() + seconds * 1_000 }),
      ...(typeof sid === "string" && sid !== "" ? { sid } : {}),
      ...(told === undefined ? {} : { told }),
    });
  }
}
