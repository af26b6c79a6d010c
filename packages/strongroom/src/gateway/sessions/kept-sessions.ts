import type { Logger } from "pino";
import type { Store } from "../store/store.ts";
import { readHead } from "./session-head.ts";
import { SessionValue, type Dump } from "./session-value.ts";

export interface KeptOptions {
  readonly store: Store;
  readonly log: Pick<Logger, "warn">;
  readonly ttlSeconds: number;
  readonly now: () => number;
}

/** An open page keeps its session in the store, whether or not anything is done on it. */
const touchesPerLife = 4;

/** The sessions that only the store has. A store that does not answer is told to the log, and has nothing. */
export class KeptSessions {
  readonly #options: KeptOptions;
  #touchedAt = 0;

  constructor(options: KeptOptions) {
    this.#options = options;
  }

  /** The value of a session, for its own viewer only. */
  async find(id: string, viewer: string): Promise<SessionValue | undefined> {
    const kept = await this.#options.store.get(id).catch((error: unknown) => this.#warn(error));
    const read = kept && readHead(kept.head);
    if (kept === undefined || read === undefined || read.head.viewer !== viewer) return undefined;
    return SessionValue.kept(id, read.head, { core: read.core, state: kept.state });
  }

  /** The dump of a session that sleeps. */
  async dumpOf(id: string): Promise<Dump> {
    const kept = await this.#options.store.get(id).catch((error: unknown) => this.#warn(error));
    return { core: kept && readHead(kept.head)?.core, state: kept?.state };
  }

  async delete(id: string): Promise<void> {
    await this.#options.store.delete([id]).catch((error: unknown) => this.#warn(error));
  }

  /** Removes what has expired; what is in memory has not. */
  async sweep(inMemory: Iterable<string>): Promise<void> {
    const { store, now, ttlSeconds } = this.#options;
    const time = now();
    try {
      if (time - this.#touchedAt >= (ttlSeconds * 1_000) / touchesPerLife) {
        this.#touchedAt = time;
        await store.touch([...inMemory]);
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
