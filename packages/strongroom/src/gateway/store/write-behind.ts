import type { Logger } from "pino";
import type { SessionWrite, Store } from "./store.ts";

/** Something that is written soon after it changed. */
export interface Storable {
  readonly id: string;
  /** What to write now, and what to call once it is safe. */
  pack(): { readonly write: SessionWrite; readonly onSafe: () => void };
}

export interface WriteBehindOptions {
  readonly store: Store;
  readonly log: Pick<Logger, "error" | "info">;
  /** How long a change may wait for others to be written with it. */
  readonly delayMs?: number;
}

const maxRetryMs = 30_000;
const firstRetryMs = 500;

/** Gathers what changed and writes it in one go. What could not be written stays, and is tried again until it is. */
export class WriteBehind {
  readonly #store: Store;
  readonly #log: WriteBehindOptions["log"];
  readonly #delayMs: number;
  #changed = new Set<Storable>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #failures = 0;

  constructor({ store, log, delayMs = 100 }: WriteBehindOptions) {
    this.#store = store;
    this.#log = log;
    this.#delayMs = delayMs;
  }

  /** True while the store takes nothing: what is in memory must stay there. */
  get isFailing(): boolean {
    return this.#failures > 0;
  }

  /** Writes soon, together with what else changes until then. */
  soon(item: Storable): void {
    this.#changed.add(item);
    if (this.#timer === undefined && !this.isFailing) this.#arm(this.#delayMs);
  }

  /** Writes this one at once. Never rejects: what does not succeed is tried again with the others. */
  now(item: Storable): Promise<void> {
    this.#changed.delete(item);
    return this.#write([item]);
  }

  /** Writes all that waits. */
  async flush(): Promise<void> {
    this.#disarm();
    const items = [...this.#changed];
    this.#changed.clear();
    await this.#write(items);
  }

  /** No longer writes this one: it was deleted. */
  forget(item: Storable): void {
    this.#changed.delete(item);
  }

  stop(): void {
    this.#disarm();
  }

  /** One at a time: an older version of a session must not overtake a newer one. */
  #write(items: readonly Storable[]): Promise<void> {
    return (this.#writing = this.#writing.then(() => this.#writeNow(items)));
  }

  async #writeNow(items: readonly Storable[]): Promise<void> {
    if (items.length === 0) return;
    const packs = items.map((item) => item.pack());
    try {
      await this.#store.put(packs.map(({ write }) => write));
    } catch (error) {
      for (const item of items) this.#changed.add(item);
      this.#fail(error);
      return;
    }
    if (this.#failures > 0) this.#recover();
    for (const { onSafe } of packs) onSafe();
  }

  #fail(error: unknown): void {
    // What is written at once meanwhile, click by click, does not put off the next try.
    if (this.isFailing && this.#timer !== undefined) return;
    this.#failures++;
    if (this.#failures === 1) {
      const why = error instanceof Error ? error.message : "unknown error";
      this.#log.error(
        { code: "ERR_STORE" },
        `Sessions cannot be written (${why}). They go on from memory and are written once there is room: free some disk space, and make the store's file and folder writable. Until then a restart of this server loses what is new.`,
      );
    }
    this.#disarm();
    this.#arm(Math.min(maxRetryMs, firstRetryMs * 2 ** Math.min(this.#failures - 1, 10)));
  }

  #recover(): void {
    this.#failures = 0;
    this.#log.info("Sessions are written again.");
    if (this.#changed.size > 0 && this.#timer === undefined) this.#arm(this.#delayMs);
  }

  #arm(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, ms);
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
