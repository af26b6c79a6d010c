/** So many places; who finds none waits in line until one is free, or until its signal fires. */
export class Places {
  #free: number;
  readonly #line = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Takes a place. */
  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const turn = (): void => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        this.#line.delete(turn);
        reject(signal.reason as Error);
      };
      this.#line.add(turn);
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  /** Gives a place back: to whoever waits longest. */
  give(): void {
    for (const turn of this.#line) {
      this.#line.delete(turn);
      return turn();
    }
    this.#free++;
  }
}
