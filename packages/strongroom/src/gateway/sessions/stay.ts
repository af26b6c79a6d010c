import type { FileFact } from "../../wire/upload.ts";
import type { Opening, Placed, Pool, SessionListener } from "../supervise/pool-types.ts";

/** What a session hears of one stay; nothing more once the stay is over. */
export interface StayListener extends SessionListener {
  /** A worker has taken the session in: events can be handed over. */
  placed(): void;
  /** No place is to be had: the pool is stopping. */
  refused(): void;
}

/** One stay of a session in a worker, from asking for a place to leaving it. */
export class Stay {
  #placed: Placed | undefined;
  #isOver = false;
  /** The worker has sent something: a tree that can be sent again. */
  hasSpoken = false;
  /** A run has ended here. */
  hasCommitted = false;

  constructor(pool: Pool, opening: Opening, heard: StayListener) {
    void this.#enter(pool, opening, heard);
  }

  get isPlaced(): boolean {
    return this.#placed !== undefined && !this.#isOver;
  }

  /** Number of the last event that the worker was given: later ones never reached it. */
  get sent(): number {
    return this.#placed?.sent ?? 0;
  }

  event(n: number, text: string): void {
    this.#placed?.event(n, text);
  }

  resend(): void {
    this.#placed?.resend();
  }

  rerun(): void {
    this.#placed?.rerun();
  }

  file(fact: FileFact): void {
    this.#placed?.file(fact);
  }

  stop(): void {
    this.#placed?.stop();
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#placed?.close();
  }

  async #enter(pool: Pool, opening: Opening, heard: StayListener): Promise<void> {
    let placed: Placed;
    try {
      placed = await pool.place(this.#listener(heard), opening);
    } catch {
      // The pool rejects for one reason only: it is stopping.
      if (!this.#isOver) heard.refused();
      this.#isOver = true;
      return;
    }
    this.#placed = placed;
    if (this.#isOver) placed.close();
    else heard.placed();
  }

  #listener(heard: StayListener): SessionListener {
    return {
      text: (message, text, done) => {
        if (this.#isOver) return;
        this.hasSpoken = true;
        heard.text(message, text, done);
      },
      commit: (event, core, state) => {
        if (this.#isOver) return;
        heard.commit(event, core, state);
        this.hasCommitted = true;
      },
      bytes: (content) => {
        if (!this.#isOver) heard.bytes(content);
      },
      release: (handles) => {
        if (!this.#isOver) heard.release(handles);
      },
      slot: (slot) => {
        if (!this.#isOver) heard.slot(slot);
      },
      read: (read) => (this.#isOver ? undefined : heard.read(read)),
      lost: (why, offender, place) => {
        if (this.#isOver) return;
        this.#isOver = true;
        heard.lost(why, offender, place);
      },
    };
  }
}
