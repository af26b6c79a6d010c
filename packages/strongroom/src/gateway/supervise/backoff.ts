const firstMs = 100;
const longestMs = 10_000;

/** How long to wait before a process is started again: nothing at first, then ever longer while none starts well. */
export class Backoff {
  #failures = 0;

  /** A process ended before it was of use; answers the wait in ms. */
  failed(): number {
    this.#failures++;
    return this.#failures === 1 ? 0 : Math.min(longestMs, firstMs * 2 ** (this.#failures - 2));
  }

  /** A process has started well. */
  succeeded(): void {
    this.#failures = 0;
  }

  get failures(): number {
    return this.#failures;
  }
}
