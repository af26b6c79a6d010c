import type { CookiePlace } from "../edge/cookies.ts";
import { newLogin } from "../viewer-cookie.ts";
import type { Ended } from "./ended.ts";
import type { Identity } from "./identity.ts";
import { EndedMeanwhile, isStillborn, noteEnded } from "./just-ended.ts";
import { endOf, type Login, type LoginTimes } from "./login-row.ts";
import { LiveLogins } from "./live-logins.ts";
import { LoginStore, type LoginStoreOptions } from "./login-store.ts";
import type { Tokens } from "./tokens.ts";

export interface LoginsOptions extends LoginTimes, LoginStoreOptions {
  readonly now: () => number;
}

/** What is written of a sign-in's last use may be so old. */
const writeSeenMs = 60_000;
const cleanMs = 60_000;

interface BornAt extends CookiePlace {
  readonly device?: string | undefined;
  /** Whom it takes the place of in its browser. */
  readonly before?: string | undefined;
  /** From when on an end of the person's sign-ins ends this one, too, in ms of the clock; now by default. */
  readonly since?: number;
}

/**
 * Who has signed in, by the hash of the viewer's cookie. All sign-ins are in memory, without their tokens; the store has
 * both, outlives a restart, and tells of what other gateways do.
 */
export class Logins {
  readonly #options: LoginsOptions;
  readonly #kept: LoginStore;
  readonly #live: LiveLogins;
  #freshen: (viewer: string) => Promise<void> = () => Promise.resolve();
  #cleanedAt = 0;

  private constructor(options: LoginsOptions, kept: LoginStore, live: LiveLogins) {
    this.#options = options;
    this.#kept = kept;
    this.#live = live;
  }

  /** Reads the sign-ins that the store has. */
  static async open(options: LoginsOptions): Promise<Logins> {
    const { last } = await options.records.loginChanges();
    const kept = new LoginStore(options);
    return new Logins(options, kept, new LiveLogins(kept, await kept.all(), last));
  }

  /** Signs somebody in: a viewer who was never there before, and the cookie that says so. */
  async begin(
    identity: Identity,
    tokens: Tokens,
    { device, before, since, ...place }: BornAt,
  ): Promise<{ readonly viewer: string; readonly setCookie: string }> {
    const made = newLogin(this.#options.lifeSeconds, place);
    const { viewer } = made;
    const now = this.#options.now();
    const { sid, expiresAt: tokenEndsAt } = tokens;
    const named = { ...(sid === undefined ? {} : { sid }), ...(device === undefined ? {} : { device }) };
    const times = { seenAt: now, writtenAt: now, checkedAt: now, tokenEndsAt };
    const login: Login = { identity: Object.freeze(identity), ...named, ...times };
    await this.#kept.add(viewer, login, tokens);
    this.#live.set(viewer, login);
    // Written first, looked for then: who ends sign-ins says so first, and ends those that are written then.
    const born = { viewer, before, since: since ?? now };
    const isOver = await isStillborn(this.#options.records, login, born).catch(() => true);
    if (!isOver && this.#live.get(viewer) === login) return made;
    await this.#live.end([viewer]);
    throw new EndedMeanwhile();
  }

  /** Who the viewer is; nothing where nobody has signed in, or that has ended. */
  find(viewer: string): Identity | undefined {
    return this.loginOf(viewer)?.identity;
  }

  /** The whole sign-in, while it goes on. */
  loginOf(viewer: string): Login | undefined {
    const login = this.#live.get(viewer);
    return login !== undefined && endOf(login, this.#options) > this.#options.now() ? login : undefined;
  }

  /** Takes up a sign-in that another gateway has made, or that is in use there. */
  async meet(viewer: string): Promise<void> {
    if (this.loginOf(viewer) !== undefined) return;
    await this.#live.take(viewer).catch((error: unknown) => this.#kept.told(error));
  }

  /** The viewer has done something: the idle time begins anew. */
  touch(viewer: string): void {
    const login = this.loginOf(viewer);
    if (login === undefined) return;
    const now = this.#options.now();
    login.seenAt = now;
    if (now - login.writtenAt < Math.min(writeSeenMs, this.#options.idleSeconds * 250)) return;
    login.writtenAt = now;
    this.#live.write(viewer, login, "seen").catch((error: unknown) => this.#kept.told(error));
  }

  /**
   * Ends sign-ins: at once for everybody who asks, then in the store, also those that other gateways made, and those that
   * are being made (the same, or others). Answers whose.
   */
  async end(ended: Ended, born: Ended = ended): Promise<readonly string[]> {
    const here = await this.#live.endAll(ended);
    try {
      await noteEnded(this.#options.records, born, this.#options.now());
      await this.#live.takeNews();
    } catch (error) {
      this.#kept.told(error);
    }
    return [...here, ...(await this.#live.endAll(ended))];
  }

  /** Hears of each viewer whose sign-in has ended. */
  onEnd(listener: (viewer: string) => void): void {
    this.#live.onEnd(listener);
  }

  /** Hears of each viewer of whom the provider says something else than before. */
  onChange(listener: (viewer: string) => void): void {
    this.#live.onChange(listener);
  }

  /** All sign-ins that go on, by viewer. */
  *all(): Iterable<readonly [string, Login]> {
    for (const entry of this.#live.all())
      if (endOf(entry[1], this.#options) > this.#options.now()) yield entry;
  }

  /** What the provider gave with a sign-in, good for a while from now on. It leaves the gateway for the broker only. */
  async tokensOf(viewer: string): Promise<Tokens | undefined> {
    await this.#freshen(viewer);
    return this.keptTokensOf(viewer);
  }

  /** The same as it was kept, which may have expired. */
  async keptTokensOf(viewer: string): Promise<Tokens | undefined> {
    return this.find(viewer) === undefined ? undefined : this.#kept.tokensOf(viewer);
  }

  /** How tokens are made good before anybody is given them. */
  freshenBy(freshen: (viewer: string) => Promise<void>): void {
    this.#freshen = freshen;
  }

  /** The provider has given new ones. */
  async renew(viewer: string, tokens: Tokens): Promise<void> {
    const login = this.#live.get(viewer);
    if (login === undefined) return;
    login.tokenEndsAt = tokens.expiresAt;
    await this.#live.write(viewer, login, tokens);
  }

  /** The provider has said that all of it is still so. */
  async checked(viewer: string): Promise<void> {
    const login = this.#live.get(viewer);
    if (login !== undefined) await this.#live.write(viewer, login, "seen");
  }

  /** The provider says other things of the same person: who asks from now on hears them, and listeners do at once. */
  async change(viewer: string, identity: Identity): Promise<void> {
    const login = this.#live.get(viewer);
    if (login === undefined) return;
    this.#live.setIdentity(viewer, login, identity);
    await this.#live.write(viewer, login, "login");
  }

  /** Takes up what other processes have done: one short question where that is nothing, and false then. */
  follow(): Promise<boolean> {
    return this.#live.follow();
  }

  /** Takes up what other gateways have done until now. */
  takeNews(): Promise<void> {
    return this.#live.takeNews();
  }

  /** Ends what time has ended; tries again what the store did not take. */
  async sweep(): Promise<void> {
    const now = this.#options.now();
    const isOver = ([, login]: readonly [string, Login]): boolean => endOf(login, this.#options) <= now;
    // Of no use here, it may be in use at another gateway.
    for (const [viewer, login] of [...this.#live.all()].filter(isOver)) await this.retime(viewer, login);
    await this.#live.end([...this.#live.all()].filter(isOver).map(([viewer]) => viewer));
    await this.#kept.remove([]);
    if (now - this.#cleanedAt < cleanMs) return;
    this.#cleanedAt = now;
    await this.#kept.removeExpired();
  }

  /** Learns when a sign-in was used and checked last, at whatever gateway. */
  retime(viewer: string, login: Login): Promise<void> {
    return this.#live.retime(viewer, login);
  }
}
