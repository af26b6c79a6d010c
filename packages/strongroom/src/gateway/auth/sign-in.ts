import type { Logger } from "pino";
import type { ReachedSite } from "../operation.ts";
import type { Records } from "../store/records.ts";
import { TokenBucket } from "../token-bucket.ts";
import { viewerOf } from "../viewer-cookie.ts";
import { deviceOf } from "./device.ts";
import { Handovers, type Handover } from "./handovers.ts";
import type { Identity } from "./identity.ts";
import { countsSince, EndedMeanwhile } from "./just-ended.ts";
import type { Logins } from "./logins.ts";
import { ownPath } from "./own-path.ts";
import { Provider } from "./provider.ts";
import { defaultProvider, developmentProvider, type AuthSettings } from "./settings.ts";
import { Transactions } from "./transactions.ts";

export interface SignInOptions {
  /** Nothing where the secrets have no `[auth]`. */
  readonly auth: AuthSettings | undefined;
  readonly logins: Logins;
  readonly records: Records;
  readonly log: Pick<Logger, "warn" | "info">;
  readonly now: () => number;
}

export type SignInProblem =
  | "not-configured"
  | "unknown-provider"
  | "unreachable"
  | "expired"
  | "cancelled"
  | "ended"
  | "refused";

type Begun =
  | { readonly ok: true; readonly to: string; readonly setCookie: string | undefined }
  | { readonly ok: false; readonly reason: SignInProblem };

type Finished =
  | {
      readonly ok: true;
      /** Where the viewer goes on; nowhere where a frame goes on for this window. */
      readonly to: string | undefined;
      readonly viewer: string;
      readonly cookies: readonly string[];
    }
  | { readonly ok: false; readonly reason: SignInProblem; readonly cookies: readonly string[] };

/** What a viewer asks for who wants to sign in. */
interface Wanted {
  readonly provider: string | undefined;
  /** Where they go on. */
  readonly to: string;
  readonly handover?: Handover | undefined;
}

/** A browser that comes back from the provider. */
interface Returning {
  readonly cookies: string | undefined;
  readonly userAgent: string | undefined;
  readonly site: ReachedSite;
}

const logoutWarnings = { perSecond: 0.2, burst: 10 };

/** Signs viewers in and out, with the providers of `[auth]`. */
export class SignIn {
  readonly #options: SignInOptions;
  readonly #providers: ReadonlyMap<string, Provider>;
  readonly #transactions: Transactions;
  /** Sign-ins in a window of their own, for a frame. */
  readonly handovers: Handovers;
  /** Anybody can send what no provider has signed: of a flood some lines are written, the audit log counts all. */
  readonly #logoutWarnings: TokenBucket;

  constructor(options: SignInOptions) {
    const { auth, records, now } = options;
    this.#options = options;
    this.#transactions = new Transactions(records, now);
    this.handovers = new Handovers(records, now);
    this.#logoutWarnings = new TokenBucket(logoutWarnings.perSecond, logoutWarnings.burst, now());
    const providers = new Map<string, Provider>();
    if (auth !== undefined)
      for (const [name, settings] of auth.providers)
        providers.set(name, new Provider(settings, auth.redirectUri, now));
    this.#providers = providers;
  }

  /** By name; none where sign-in is not set up. */
  get providers(): ReadonlyMap<string, Provider> {
    return this.#providers;
  }

  /** Begins a sign-in: where the viewer's browser goes, and what it must bring back. */
  async begin({ provider, to, handover }: Wanted, site: ReachedSite): Promise<Begun> {
    const { auth } = this.#options;
    if (auth === undefined) return { ok: false, reason: "not-configured" };
    const chosen = this.#choose(provider);
    if (chosen === undefined) return { ok: false, reason: "unknown-provider" };
    const path = ownPath(to);
    // The provider leads back to one address: who came by another one goes there first.
    if (auth.redirectUri.origin !== site.origin)
      return { ok: true, to: `${auth.redirectUri.origin}${site.base}${path}`, setCookie: undefined };
    const { name } = chosen.settings;
    const { transaction, setCookie } = await this.#transactions.begin(
      { provider: name, to: path, ...(handover && { handover }) },
      site,
    );
    try {
      const url = await chosen.authorizationUrl(transaction);
      return { ok: true, to: url.href, setCookie };
    } catch (error) {
      this.#warn("A provider cannot be reached", name, error);
      return { ok: false, reason: "unreachable" };
    }
  }

  /** Takes a viewer who comes back from the provider. What they bring is used up, whatever comes of it. */
  async finish(query: string, { cookies, userAgent, site }: Returning): Promise<Finished> {
    const cameAt = this.#options.now();
    const transaction = await this.#transactions.take(cookies, site);
    const cleared = [this.#transactions.clear(site)];
    const provider = transaction && this.#providers.get(transaction.provider);
    if (transaction === undefined || provider === undefined)
      return { ok: false, reason: "expired", cookies: cleared };
    try {
      const { identity, tokens } = await provider.finish(query, transaction);
      const { begunAt, handover } = transaction;
      const { viewer, setCookie } = await this.#options.logins.begin(identity, tokens, {
        ...site,
        framed: handover?.frame.framed ?? site.framed,
        device: deviceOf(userAgent),
        before: handover?.frame.viewer ?? viewerOf(cookies, site)?.viewer,
        since: countsSince(identity.claims["auth_time"], { begunAt, cameAt }),
      });
      const to = handover === undefined ? `${site.base}${transaction.to}` : undefined;
      if (handover !== undefined) await this.handovers.hand(handover, setCookie);
      return { ok: true, to, viewer, cookies: handover === undefined ? [setCookie, ...cleared] : cleared };
    } catch (error) {
      const isCancelled = errorField(error) === "access_denied";
      if (!isCancelled) this.#warn("A sign-in was refused", provider.settings.name, error);
      const isEnded = error instanceof EndedMeanwhile;
      const reason = isCancelled ? "cancelled" : isEnded ? "ended" : "refused";
      return { ok: false, reason, cookies: cleared };
    }
  }

  /** Ends the sign-ins that a provider says are over; answers how many, or nothing where it is not believed. */
  async endByProvider(body: string): Promise<number | undefined> {
    const { logins, records, now } = this.#options;
    try {
      const { readLogout } = await import("./backchannel-logout.ts"); // few apps need it
      const ended = await readLogout(body, { providers: this.#providers.values(), records, now });
      return (await logins.end(ended)).length;
    } catch (error) {
      if (this.#logoutWarnings.take(now())) this.#warn("A provider's logout was refused", "any", error);
      return undefined;
    }
  }

  /** Ends a viewer's sign-in here; answers where the browser goes so that it ends at the provider, too, if it has such a place. */
  async end(viewer: string, identity: Identity): Promise<string | undefined> {
    const { logins } = this.#options;
    const tokens = await logins.keptTokensOf(viewer).catch(() => undefined); // it ends here all the same
    await logins.end({ viewer });
    const provider = this.#providers.get(identity.provider);
    if (provider === undefined || tokens === undefined) return undefined;
    try {
      return (await provider.endSessionUrl(tokens.idToken))?.href;
    } catch (error) {
      this.#warn("A provider cannot be reached to sign out there", provider.settings.name, error);
      return undefined;
    }
  }

  /** The one that is named; without a name the default one, or the only one. That of development answers to all names. */
  #choose(name: string | undefined): Provider | undefined {
    if (name !== undefined) return this.#providers.get(name) ?? this.#providers.get(developmentProvider);
    const [only] = this.#providers.values();
    return this.#providers.get(defaultProvider) ?? (this.#providers.size === 1 ? only : undefined);
  }

  /** Says what went wrong in the library's words, which hold nothing of what the provider or the viewer sent. */
  #warn(what: string, provider: string, error: unknown): void {
    const why = error instanceof Error ? error.message : "unknown error";
    const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : "";
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    this.#options.log.warn({ provider, code, answered: errorField(error) }, `${what}: ${why}${cause}`);
  }
}

/** The `error` that the provider answered with (RFC 6749, 4.1.2.1 and 5.2). */
function errorField(error: unknown): string | undefined {
  return error instanceof Error && "error" in error && typeof error.error === "string"
    ? error.error.slice(0, 100)
    : undefined;
}
