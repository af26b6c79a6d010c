import { isDeepStrictEqual } from "node:util";
import type { Logger } from "pino";
import type { Audit } from "../audit/audit.ts";
import type { Records } from "../store/records.ts";
import type { Login } from "./login-row.ts";
import type { Logins } from "./logins.ts";
import { inTurn } from "./in-turn.ts";
import type { Provider } from "./provider.ts";
import type { Tokens } from "./tokens.ts";

export interface RenewalsOptions {
  readonly logins: Logins;
  readonly records: Records;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly audit: Audit;
  readonly log: Pick<Logger, "warn">;
  readonly now: () => number;
  /** So long what a provider said counts, while the sign-in is in use. */
  readonly recheckMs: number;
}

/** An access token is renewed so long before it ends, at most. */
const mostAheadMs = 60_000;
/** A provider that failed is asked again after so long. */
const retryMs = 30_000;
const maxAtOnce = 8;
/** Nobody waits longer for a provider that is slow. */
const patienceMs = 3_000;

/**
 * Asks providers again about those who have signed in, while they are here: tokens are renewed before they end, what is
 * said of a person is read anew, and who is refused is signed out. A provider that cannot be reached refuses nobody.
 */
export class Renewals {
  readonly #options: RenewalsOptions;
  /** One check at a time for each sign-in: a token that rotates serves once. */
  readonly #going = new Map<string, Promise<void>>();

  constructor(options: RenewalsOptions) {
    this.#options = options;
    options.logins.freshenBy((viewer) => this.#freshenToken(viewer));
  }

  /** Begins what is due, for sign-ins of which somebody makes use. */
  sweep(isHere: (viewer: string) => boolean): void {
    for (const [viewer, login] of this.#options.logins.all()) {
      if (this.#going.size >= maxAtOnce) return;
      if (!this.#isDue(login)) continue;
      if (login.seenAt > login.checkedAt || isHere(viewer)) void this.check(viewer);
    }
  }

  /** Waits, not too long, until what is known of the viewer is new enough to show them something. */
  async settle(viewer: string): Promise<void> {
    const login = this.#options.logins.loginOf(viewer);
    if (login === undefined || !(this.#going.has(viewer) || this.#isDue(login))) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => void (timer = setTimeout(resolve, patienceMs)));
    await Promise.race([this.check(viewer), patience]);
    clearTimeout(timer);
  }

  /** Asks the provider now. */
  check(viewer: string): Promise<void> {
    const going = this.#going.get(viewer);
    if (going !== undefined) return going;
    const check = this.#check(viewer).finally(() => this.#going.delete(viewer));
    this.#going.set(viewer, check);
    return check;
  }

  async #freshenToken(viewer: string): Promise<void> {
    const { logins, now } = this.#options;
    const login = logins.loginOf(viewer);
    if (login === undefined) return;
    const tokens = await logins.keptTokensOf(viewer);
    login.tokenEndsAt = tokens?.expiresAt;
    // What is being renewed may be worth nothing by now.
    if (tokens === undefined || this.#going.has(viewer) || now() >= renewAt(login)) await this.check(viewer);
  }

  #isDue(login: Login): boolean {
    const { now, recheckMs } = this.#options;
    return now() >= Math.min(login.checkedAt + recheckMs, renewAt(login));
  }

  async #check(viewer: string): Promise<void> {
    const { log, logins, now, recheckMs, records } = this.#options;
    const login = logins.loginOf(viewer);
    if (login === undefined) return;
    const known = login.checkedAt;
    try {
      await inTurn(records, { name: `renewal ${viewer}`, now }, async () => {
        await logins.retime(viewer, login);
        // Another gateway has done it: what came out stands in the store.
        if (login.checkedAt > known) return logins.takeNews();
        login.checkedAt = now();
        const why = await this.#whyNot(viewer, login);
        if (why === undefined) await logins.checked(viewer);
        else await this.#end(viewer, login, why);
      });
    } catch (error) {
      login.checkedAt = now() - recheckMs + retryMs;
      const why = error instanceof Error ? error.message : "unknown error";
      log.warn({ provider: login.identity.provider }, `A sign-in could not be checked again: ${why}`);
    }
  }

  /** Why a sign-in cannot go on; nothing where it can. */
  async #whyNot(viewer: string, login: Login): Promise<"refused" | "unreadable" | undefined> {
    const { logins, providers } = this.#options;
    const provider = providers.get(login.identity.provider);
    const before = await logins.keptTokensOf(viewer);
    if (before === undefined) return "unreadable";
    if (provider === undefined) return undefined;
    login.tokenEndsAt = undefined; // what cannot be renewed is not tried again and again
    const now = await this.#renewed(provider, before, { viewer, login });
    if (now === "refused") return now;
    if (now === "ended") return undefined;
    const identity = await provider.identify({ before, now }, login.identity);
    if (identity === undefined) return "refused";
    if (!isDeepStrictEqual(identity.claims, login.identity.claims)) {
      await logins.change(viewer, identity);
      this.#options.audit.note({ kind: "claims-changed", viewer, subject: identity.subject });
    }
    return undefined;
  }

  /** Tokens that are good now: new ones where that can be, the old ones while they last. */
  async #renewed(
    provider: Provider,
    before: Tokens,
    { viewer, login }: { viewer: string; login: Login },
  ): Promise<Tokens | "refused" | "ended"> {
    const { logins, now } = this.#options;
    if (before.refreshToken === undefined) {
      const isGood = before.expiresAt === undefined || before.expiresAt > now();
      return isGood ? before : "ended";
    }
    const renewed = await provider.refresh(before, login.identity);
    if (renewed === undefined) return "refused";
    // The old ones may be worth nothing by now.
    await logins.renew(viewer, renewed);
    return renewed;
  }

  async #end(viewer: string, { identity }: Login, why: keyof typeof endings): Promise<void> {
    const { audit, logins } = this.#options;
    const { issuer, subject } = identity;
    // Whom the provider does not know any more is not signing in elsewhere.
    await logins.end({ viewer }, why === "refused" ? { issuer, subject } : { viewer });
    audit.note({ kind: "logout", viewer, subject, detail: endings[why] });
  }
}

const endings = {
  refused: "by the provider: no longer known",
  unreadable: "by us: what the provider gave cannot be read any more",
} as const;

/** When an access token is renewed: before it ends, by a quarter of its life at most. */
function renewAt({ checkedAt, tokenEndsAt = Infinity }: Login): number {
  return tokenEndsAt - Math.min(mostAheadMs, (tokenEndsAt - checkedAt) / 4);
}
