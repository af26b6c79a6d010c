import { WriteBehind } from "../store/write-behind.ts";
import type { PageLink } from "../supervise/pool-types.ts";
import { hashOf, newToken } from "../tokens.ts";
import { Announcer } from "./announcer.ts";
import { KeptSessions } from "./kept-sessions.ts";
import { Refreshes } from "./refreshes.ts";
import { SessionValue, type Dump } from "./session-value.ts";
import type { SessionPorts } from "./session-ports.ts";
import type { SessionsOptions } from "./sessions-options.ts";
import { Session } from "./session.ts";
import type { GoneWhy } from "./tab.ts";

/** A page whose script never connects costs a place in a worker for so long. */
const unclaimedMs = 15_000;
/** A tab that went away may come back; its worker need not wait for it. */
const detachedMs = 60_000;
const sweepMs = 1_000;
const storeSweepMs = 60_000;
const drainStepMs = 20;

/** All sessions of this gateway: those in memory, and those that the store can bring back. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #ports: SessionPorts;
  readonly #sessions = new Map<string, Session>();
  readonly #loading = new Map<string, Promise<Session | undefined>>();
  readonly #refreshes = new Refreshes();
  readonly #timers: readonly NodeJS.Timeout[];
  readonly writer: WriteBehind;
  readonly #kept: KeptSessions;
  #pages: readonly PageLink[];

  constructor(options: SessionsOptions) {
    const { pool, store, log, handles, uploads, access, bearerOf, showsPlaces, now } = options;
    this.#options = options;
    this.writer = new WriteBehind({ store, log });
    const announcer = new Announcer(now);
    this.#kept = new KeptSessions(options);
    const load = (id: string): Promise<Dump> => this.#kept.dumpOf(id);
    const forget = (value: SessionValue): void => void this.forget(value);
    const parts = { pool, load, now, announcer, handles, uploads, access, bearerOf, forget, showsPlaces };
    this.#ports = { ...parts, writer: this.writer };
    uploads.onFile = (id, fact) => this.#sessions.get(id)?.home.file(fact);
    this.#timers = [
      setInterval(() => this.sweep(), sweepMs).unref(),
      setInterval(() => void this.#kept.sweep(this.#sessions.keys()), storeSweepMs).unref(),
    ];
    this.#pages = pool.pages;
  }

  get count(): number {
    return this.#sessions.size;
  }

  /** Begins a session; its token is known to nobody but the caller. The viewer's room for it is taken already. */
  begin(viewer: string, page: string, query: string): { readonly session: Session; readonly token: string } {
    const token = newToken();
    const session = new Session(SessionValue.fresh(hashOf(token), { viewer, page, query }), this.#ports);
    this.#sessions.set(session.id, session);
    return { session, token };
  }

  /** The session of a token, for its own viewer only; nothing where it has expired or never was. */
  async find(token: string, viewer: string): Promise<Session | undefined> {
    const id = hashOf(token);
    const session = this.#sessions.get(id) ?? (await this.#takeUp(id, viewer));
    return session?.value.viewer === viewer ? session : undefined;
  }

  /** Makes a document that goes on with the session of a token. */
  whileRefreshed<T>(token: string, make: () => Promise<T>): Promise<T> {
    return this.#refreshes.during(hashOf(token), make);
  }

  isRefreshed({ id }: Pick<Session, "id">): boolean {
    return this.#refreshes.has(id);
  }

  /** Ends a session for good. */
  async forget({ id }: Pick<Session, "id">): Promise<void> {
    const session = this.#sessions.get(id);
    if (session !== undefined) this.#drop(session);
    this.#options.uploads.forget(id);
    await this.#kept.delete(id);
  }

  /** The page of a session in memory. */
  pageOf(id: string): string | undefined {
    return this.#sessions.get(id)?.value.page;
  }

  /** Ends all sessions of a viewer that are in memory; those that only the store has can be found by nobody else. */
  async endViewer(viewer: string, why: GoneWhy): Promise<void> {
    const own = [...this.#sessions.values()].filter(({ value }) => value.viewer === viewer);
    for (const session of own) session.tab.leave(why);
    await Promise.all(own.map((session) => this.forget(session)));
  }

  /** A viewer is told of differently from now on: their sessions go on as that, or end. */
  rejudge(viewer: string): void {
    for (const session of this.#sessions.values())
      if (session.value.viewer === viewer && session.guard.holds()) session.home.renew();
  }

  /** Changes what viewers may see: sessions go on with the pages that are left, or end. */
  rejudgeAll(change: () => void): void {
    const pagesOf = (session: Session): string => session.guard.pages().join();
    const before = new Map([...this.#sessions.values()].map((session) => [session, pagesOf(session)]));
    change();
    for (const [session, pages] of before)
      if (session.guard.holds() && pagesOf(session) !== pages) session.home.renew();
  }

  /** Does what time has brought: sleep, and oblivion. */
  sweep(): void {
    const now = this.#options.now();
    const sleepMs = this.#options.sleepAfterSeconds * 1_000;
    for (const session of this.#sessions.values()) {
      const idleMs = now - session.usedAt;
      if (session.tab.isOpen) {
        if (idleMs >= sleepMs) session.sleep();
      } else if (!session.isWanted()) {
        this.#age(session, idleMs, Math.min(sleepMs, detachedMs));
      }
    }
    this.#options.viewers.sweep();
    this.#options.uploads.sweep();
    this.#followVersion();
  }

  /** Open pages that no worker tells of a new version run it all the same: they slept, or were stopped by the old one. */
  #followVersion(): void {
    const { pages } = this.#options.pool;
    if (pages === this.#pages || pages.length === 0) return;
    this.#pages = pages;
    for (const session of this.#sessions.values()) session.guard.holds(); // a page may have been closed to its viewer
    this.tell(({ home }) => home.wake());
  }

  /** Tells every open tab. */
  tell(act: (session: Session) => void): void {
    for (const session of this.#sessions.values()) if (session.tab.isOpen) act(session);
  }

  /** Lets runs end, writes all down, and closes every socket. */
  async drain(ms: number): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.tell(({ tab }) => tab.tell("draining", undefined));
    const isBusy = (): boolean => [...this.#sessions.values()].some(({ home }) => home.isBusy);
    for (let waited = 0; waited < ms && isBusy(); waited += drainStepMs) {
      await new Promise((resolve) => setTimeout(resolve, drainStepMs));
    }
    await this.writer.flush();
    this.#ports.announcer.stop();
    for (const session of this.#sessions.values()) {
      session.tab.announce(session.value.safe, { now: this.#options.now(), isIdle: true });
      session.tab.goAway();
      session.end();
    }
    this.writer.stop();
    this.#sessions.clear();
  }

  #age(session: Session, idleMs: number, restMs: number): void {
    const { wasTakenUp, value } = session;
    const isAbandoned = !wasTakenUp && idleMs >= unclaimedMs;
    const isExpired = idleMs >= this.#options.ttlSeconds * 1_000;
    if (isAbandoned || isExpired || (value.isUnborn && idleMs >= restMs)) void this.forget(session);
    else if (idleMs >= restMs && session.sleep()) this.#drop(session);
    // Nobody waits for the run that goes on.
    else if (idleMs >= restMs) session.home.stop();
  }

  #drop(session: Session): void {
    session.end();
    this.#options.uploads.rest(session.id);
    if (this.#sessions.delete(session.id)) this.#options.viewers.leave(session.value.viewer, "sessions");
  }

  #takeUp(id: string, viewer: string): Promise<Session | undefined> {
    // Who asks belongs to the question: a wrong viewer's answer must not be the right one's.
    const question = `${id} ${viewer}`;
    const known = this.#loading.get(question);
    if (known !== undefined) return known;
    const loading = this.#read(id, viewer).finally(() => this.#loading.delete(question));
    this.#loading.set(question, loading);
    return loading;
  }

  async #read(id: string, viewer: string): Promise<Session | undefined> {
    const value = await this.#kept.find(id, viewer);
    if (value === undefined || this.#options.viewers.enter(viewer, "sessions") !== undefined)
      return undefined;
    const session = new Session(value, this.#ports);
    session.wasTakenUp = true;
    this.#sessions.set(id, session);
    return session;
  }
}
