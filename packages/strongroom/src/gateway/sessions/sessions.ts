import type { Logger } from "pino";
import type { Handles } from "../handles.ts";
import type { Store } from "../store/store.ts";
import { WriteBehind } from "../store/write-behind.ts";
import type { Pool } from "../supervise/pool-types.ts";
import { hashOf, newToken } from "../tokens.ts";
import type { Viewers } from "../viewers.ts";
import { Announcer } from "./announcer.ts";
import { readHead } from "./session-head.ts";
import { SessionValue, type Dump } from "./session-value.ts";
import type { SessionPorts } from "./session-ports.ts";
import { Session } from "./session.ts";

export interface SessionTimes {
  /** Without a socket for so long, a session is forgotten for good. */
  readonly ttlSeconds: number;
  /** Nothing done for so long, a session leaves its worker. */
  readonly sleepAfterSeconds: number;
}

export interface SessionsOptions extends SessionTimes {
  readonly pool: Pool;
  readonly store: Store;
  readonly log: Logger;
  readonly viewers: Viewers;
  readonly handles: Handles;
  readonly showsPlaces: boolean;
  readonly now: () => number;
}

/** A page whose script never connects costs a place in a worker for so long. */
const unclaimedMs = 15_000;
/** A tab that went away may come back; its worker need not wait for it. */
const detachedMs = 60_000;
const sweepMs = 1_000;
const storeSweepMs = 60_000;
const drainStepMs = 20;
/** An open page keeps its session in the store, whether or not anything is done on it. */
const touchesPerLife = 4;

/** All sessions of this gateway: those in memory, and those that the store can bring back. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #ports: SessionPorts;
  readonly #sessions = new Map<string, Session>();
  readonly #loading = new Map<string, Promise<Session | undefined>>();
  readonly #timers: readonly NodeJS.Timeout[];
  readonly writer: WriteBehind;
  #touchedAt = 0;

  constructor(options: SessionsOptions) {
    const { pool, store, log, handles, showsPlaces, now } = options;
    this.#options = options;
    this.writer = new WriteBehind({ store, log });
    const announcer = new Announcer(now);
    const load = (id: string): Promise<Dump> => this.#dumpOf(id);
    this.#ports = { pool, load, now, writer: this.writer, announcer, handles, showsPlaces };
    this.#timers = [
      setInterval(() => this.sweep(), sweepMs).unref(),
      setInterval(() => void this.#sweepStore(), storeSweepMs).unref(),
    ];
    pool.onProblem((problem) => {
      // What made a page stop may be mended now.
      if (problem === undefined)
        for (const { tab, home } of this.#sessions.values()) if (tab.isOpen && home.failure) home.wake();
    });
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

  /** Ends a session for good. */
  async forget(session: Session): Promise<void> {
    this.#drop(session);
    await this.#options.store.delete([session.id]).catch((error: unknown) => this.#warn(error));
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
    const { store, viewers } = this.#options;
    const kept = await store.get(id).catch((error: unknown) => this.#warn(error));
    const read = kept && readHead(kept.head);
    if (kept === undefined || read === undefined || read.head.viewer !== viewer) return undefined;
    if (viewers.enter(viewer, "sessions") !== undefined) return undefined;
    const session = new Session(
      SessionValue.kept(id, read.head, { core: read.core, state: kept.state }),
      this.#ports,
    );
    session.wasTakenUp = true;
    this.#sessions.set(id, session);
    return session;
  }

  async #dumpOf(id: string): Promise<Dump> {
    const kept = await this.#options.store.get(id).catch((error: unknown) => this.#warn(error));
    return { core: kept && readHead(kept.head)?.core, state: kept?.state };
  }

  async #sweepStore(): Promise<void> {
    const { store, now, ttlSeconds } = this.#options;
    const time = now();
    try {
      if (time - this.#touchedAt >= (ttlSeconds * 1_000) / touchesPerLife) {
        this.#touchedAt = time;
        await store.touch([...this.#sessions.keys()]);
      }
      await store.deleteUnusedSince(time - ttlSeconds * 1_000);
    } catch (error) {
      this.#warn(error);
    }
  }

  #warn(error: unknown): undefined {
    const why = error instanceof Error ? error.message : "unknown error";
    this.#options.log.warn({ code: "ERR_STORE" }, `The session store did not answer: ${why}`);
  }
}
