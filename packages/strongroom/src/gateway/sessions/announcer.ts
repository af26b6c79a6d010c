/** Something that tells its browser which events are safe. */
export interface Announcing {
  /** Says it if the time has come; answers true when nothing is left to say. */
  announce(now: number): boolean;
}

const tickMs = 250;

/** Tells browsers what is safe: late and for many events at once, so that an interaction is one frame. */
export class Announcer {
  readonly #now: () => number;
  readonly #waiting = new Set<Announcing>();
  #timer: NodeJS.Timeout | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(item: Announcing): void {
    this.#waiting.add(item);
    this.#timer ??= setInterval(() => this.#tick(), tickMs);
  }

  remove(item: Announcing): void {
    this.#waiting.delete(item);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    const now = this.#now();
    for (const item of this.#waiting) if (item.announce(now)) this.#waiting.delete(item);
    if (this.#waiting.size === 0) this.stop();
  }
}
