import { isDeepStrictEqual } from "node:util";
import { isMeant, type Ended } from "./ended.ts";
import type { Identity } from "./identity.ts";
import type { Login, LoginTimesKept } from "./login-row.ts";
import type { LoginStore } from "./login-store.ts";

type Listener = (viewer: string) => void;

/** The sign-ins in memory, which follow the store: what another gateway makes, changes and ends is so here, too. */
export class LiveLogins {
  readonly #kept: LoginStore;
  readonly #logins: Map<string, Login>;
  readonly #endListeners = new Set<Listener>();
  readonly #changeListeners = new Set<Listener>();
  /** How the store numbered the last change that is in memory. */
  #changes: number;
  #hasNews = false;

  constructor(kept: LoginStore, logins: Map<string, Login>, changes: number) {
    this.#kept = kept;
    this.#logins = logins;
    this.#changes = changes;
  }

  get(viewer: string): Login | undefined {
    return this.#logins.get(viewer);
  }

  set(viewer: string, login: Login): void {
    this.#logins.set(viewer, login);
  }

  all(): Iterable<readonly [string, Login]> {
    return this.#logins;
  }

  onEnd(listener: Listener): void {
    this.#endListeners.add(listener);
  }

  onChange(listener: Listener): void {
    this.#changeListeners.add(listener);
  }

  /** Who asks from now on hears it, and listeners do at once. */
  setIdentity(viewer: string, login: Login, identity: Identity): void {
    login.identity = Object.freeze(identity);
    for (const listener of this.#changeListeners) listener(viewer);
  }

  /** Ends them at once for everybody who asks, then in the store. */
  async end(viewers: readonly string[]): Promise<void> {
    if (viewers.length === 0) return;
    for (const viewer of viewers) this.#logins.delete(viewer);
    for (const viewer of viewers) for (const listener of this.#endListeners) listener(viewer);
    await this.#kept.remove(viewers);
  }

  /** Ends those that are meant; answers whose. */
  async endAll(ended: Ended): Promise<readonly string[]> {
    const meant = [...this.#logins].filter(([viewer, login]) => isMeant(viewer, login, ended));
    const viewers = meant.map(([viewer]) => viewer);
    await this.end(viewers);
    return viewers;
  }

  /** Writes down what is new of a sign-in that goes on; one that the store has no more was ended by another process. */
  async write(viewer: string, login: Login, what: Parameters<LoginStore["write"]>[2]): Promise<void> {
    if (await this.#kept.write(viewer, login, what)) return;
    if (this.#logins.get(viewer) === login) await this.end([viewer]);
  }

  /** Takes up what other processes have done; answers whether anything was done since it was asked last. */
  async follow(): Promise<boolean> {
    await this.takeNews();
    const hadNews = this.#hasNews;
    this.#hasNews = false;
    return hadNews;
  }

  async takeNews(): Promise<void> {
    const { last, viewers } = await this.#kept.changes(this.#changes);
    if (last === this.#changes && viewers !== undefined) return;
    const all = viewers ?? new Set([...this.#logins.keys(), ...(await this.#kept.viewers())]);
    for (const viewer of all) await this.take(viewer);
    this.#changes = last;
    this.#hasNews = true;
  }

  /** Makes memory say what the store says of a sign-in. */
  async take(viewer: string): Promise<void> {
    const known = this.#logins.get(viewer);
    const kept = await this.#kept.get(viewer);
    if (this.#logins.get(viewer) !== known) return; // begun or ended meanwhile
    if (kept === undefined) return known === undefined ? undefined : this.end([viewer]);
    if (known === undefined) return this.set(viewer, kept);
    merge(known, kept);
    if (!isDeepStrictEqual(kept.identity, known.identity)) this.setIdentity(viewer, known, kept.identity);
  }

  /** Learns when a sign-in was used and checked last, at whatever gateway. */
  async retime(viewer: string, login: Login): Promise<void> {
    try {
      const kept = await this.#kept.timesOf(viewer);
      if (kept !== undefined) merge(login, kept);
    } catch (error) {
      this.#kept.told(error);
    }
  }
}

function merge(login: Login, { seenAt, checkedAt }: LoginTimesKept): void {
  login.seenAt = Math.max(login.seenAt, seenAt);
  if (checkedAt <= login.checkedAt) return;
  login.checkedAt = checkedAt;
  login.tokenEndsAt = undefined; // there may be another token by now
}
