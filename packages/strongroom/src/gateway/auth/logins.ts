import type { Logger } from "pino";
import type { Records } from "../store/records.ts";
import type { CookiePlace } from "../edge/cookies.ts";
import { newLogin } from "../viewer-cookie.ts";
import { isMeant, type Ended } from "./ended.ts";
import type { Identity } from "./identity.ts";
import { endOf, loginRecords, readLogins, readTokens, type Login, type LoginTimes } from "./login-row.ts";
import type { Tokens } from "./tokens.ts";

export interface LoginsOptions extends LoginTimes {
  readonly records: Records;
  readonly log: Pick<Logger, "error">;
  readonly now: () => number;
  /** False for providers by which nobody signs in any more: what they said once is worth nothing. All are known by default. */
  readonly isKnown?: (provider: string) => boolean;
}

/** What is written of a sign-in's last use may be so old. */
const writeSeenMs = 60_000;
const cleanMs = 60_000;
const kinds = ["login", "tokens"] as const;

/**
 * Who has signed in, by the hash of the viewer's cookie. All of this gateway's sign-ins are in memory, without their
 * tokens; the store has both, and outlives a restart.
 */
export class Logins {
  readonly #options: LoginsOptions;
  readonly #logins: Map<string, Login>;
  /** Ended here, and not yet in the store. */
  readonly #unremoved = new Set<string>();
  readonly #listeners = new Set<(viewer: string) => void>();
  readonly #changeListeners = new Set<(viewer: string) => void>();
  #freshen: (viewer: string) => Promise<void> = () => Promise.resolve();
  #cleanedAt = 0;
  /** How the store numbered the sign-ins that are in memory. */
  #changes: number;

  private constructor(options: LoginsOptions, logins: Map<string, Login>, changes: number) {
    this.#options = options;
    this.#logins = logins;
    this.#changes = changes;
  }

  /** Reads the sign-ins that the store has. */
  static async open(options: LoginsOptions): Promise<Logins> {
    const changes = await options.records.loginChanges();
    return new Logins(options, new Map(await readLogins(options.records, options.isKnown)), changes);
  }

  /** Signs somebody in: a viewer who was never there before, and the cookie that says so. */
  async begin(
    identity: Identity,
    tokens: Tokens,
    place: CookiePlace & { readonly device?: string | undefined },
  ): Promise<{ readonly viewer: string; readonly setCookie: string }> {
    const made = newLogin(this.#options.lifeSeconds, place);
    const now = this.#options.now();
    const { sid, expiresAt: tokenEndsAt } = tokens;
    const times = { seenAt: now, writtenAt: now, checkedAt: now, tokenEndsAt };
    const { device } = place;
    const named = { ...(sid === undefined ? {} : { sid }), ...(device === undefined ? {} : { device }) };
    const login: Login = { identity: Object.freeze(identity), ...named, ...times };
    const { records, lifeSeconds } = this.#options;
    await records.put(loginRecords(made.viewer, login, { lifeSeconds, tokens }));
    this.#logins.set(made.viewer, login);
    return made;
  }

  /** Who the viewer is; nothing where nobody has signed in, or that has ended. */
  find(viewer: string): Identity | undefined {
    return this.loginOf(viewer)?.identity;
  }

  /** The whole sign-in, while it goes on. */
  loginOf(viewer: string): Login | undefined {
    const login = this.#logins.get(viewer);
    return login !== undefined && endOf(login, this.#options) > this.#options.now() ? login : undefined;
  }

  /** The viewer has done something: the idle time begins anew. */
  touch(viewer: string): void {
    const login = this.loginOf(viewer);
    if (login === undefined) return;
    const now = this.#options.now();
    login.seenAt = now;
    if (now - login.writtenAt < Math.min(writeSeenMs, this.#options.idleSeconds * 250)) return;
    login.writtenAt = now;
    this.#write(viewer, login).catch((error: unknown) => this.#told(error));
  }

  /** Ends sign-ins: at once for everybody who asks, then in the store. Answers whose. */
  async end(ended: Ended): Promise<readonly string[]> {
    return this.#end([...this.#logins].filter(([viewer, login]) => isMeant(viewer, login, ended)));
  }

  /** Hears of each viewer whose sign-in has ended. */
  onEnd(listener: (viewer: string) => void): void {
    this.#listeners.add(listener);
  }

  /** Hears of each viewer of whom the provider says something else than before. */
  onChange(listener: (viewer: string) => void): void {
    this.#changeListeners.add(listener);
  }

  /** All sign-ins that go on, by viewer. */
  *all(): Iterable<readonly [string, Login]> {
    for (const entry of this.#logins) if (endOf(entry[1], this.#options) > this.#options.now()) yield entry;
  }

  /** What the provider gave with a sign-in, good for a while from now on. It leaves the gateway for the broker only. */
  async tokensOf(viewer: string): Promise<Tokens | undefined> {
    await this.#freshen(viewer);
    return this.keptTokensOf(viewer);
  }

  /** The same as it was kept, which may have expired. */
  async keptTokensOf(viewer: string): Promise<Tokens | undefined> {
    return this.find(viewer) === undefined ? undefined : readTokens(this.#options.records, viewer);
  }

  /** How tokens are made good before anybody is given them. */
  freshenBy(freshen: (viewer: string) => Promise<void>): void {
    this.#freshen = freshen;
  }

  /** The provider has given new ones. */
  async renew(viewer: string, tokens: Tokens): Promise<void> {
    const login = this.#logins.get(viewer);
    if (login !== undefined) {
      login.tokenEndsAt = tokens.expiresAt;
      await this.#write(viewer, login, tokens);
    }
  }

  /** The provider says other things of the same person: who asks from now on hears them, and listeners do at once. */
  async change(viewer: string, identity: Identity): Promise<void> {
    const login = this.#logins.get(viewer);
    if (login === undefined) return;
    login.identity = Object.freeze(identity);
    for (const listener of this.#changeListeners) listener(viewer);
    await this.#write(viewer, login);
  }

  /** Ends here what another process has ended in the store: one short question where nothing came or went, and false then. */
  async follow(): Promise<boolean> {
    const { records } = this.#options;
    const changes = await records.loginChanges();
    if (changes === this.#changes) return false;
    // One that begins while the store answers is not among those that it may miss.
    const known = [...this.#logins];
    const kept = new Set(await records.ids("login"));
    this.#changes = changes;
    await this.#end(known.filter(([viewer]) => !kept.has(viewer) && this.#logins.has(viewer)));
    return true;
  }

  /** Ends what time has ended; tries again what the store did not take. */
  async sweep(): Promise<void> {
    const now = this.#options.now();
    await this.#end([...this.#logins].filter(([, login]) => endOf(login, this.#options) <= now));
    if (this.#unremoved.size > 0) await this.#remove([...this.#unremoved]);
    if (now - this.#cleanedAt < cleanMs) return;
    this.#cleanedAt = now;
    await this.#options.records.deleteExpired().catch((error: unknown) => this.#told(error));
  }

  async #end(logins: readonly (readonly [string, Login])[]): Promise<readonly string[]> {
    const viewers = logins.map(([viewer]) => viewer);
    for (const viewer of viewers) this.#logins.delete(viewer);
    for (const viewer of viewers) for (const listener of this.#listeners) listener(viewer);
    if (viewers.length > 0) await this.#remove(viewers);
    return viewers;
  }

  async #remove(viewers: readonly string[]): Promise<void> {
    for (const viewer of viewers) this.#unremoved.add(viewer);
    try {
      await this.#options.records.delete(kinds, viewers);
      for (const viewer of viewers) this.#unremoved.delete(viewer);
    } catch (error) {
      this.#told(error);
    }
  }

  /** Writes down what is new of a sign-in that goes on; one that the store has no more was ended by another process. */
  async #write(viewer: string, login: Login, tokens?: Tokens): Promise<void> {
    const { records, lifeSeconds } = this.#options;
    if (await records.replace(loginRecords(viewer, login, { lifeSeconds, tokens }))) return;
    if (this.#logins.get(viewer) === login) await this.#end([[viewer, login]]);
  }

  #told(error: unknown): void {
    const why = error instanceof Error ? error.message : "unknown error";
    this.#options.log.error({ code: "ERR_STORE" }, `The store of sign-ins did not answer: ${why}`);
  }
}
