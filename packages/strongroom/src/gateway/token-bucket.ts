/** Lets `perSecond` through on average, and `burst` at once. */
export class TokenBucket {
  readonly #perMs: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;

  constructor(perSecond: number, burst: number, now: number) {
    this.#perMs = perSecond / 1_000;
    this.#burst = this.#tokens = burst;
    this.#at = now;
  }

  /** Takes tokens, if there are enough; what costs more than can ever be there costs all. */
  take(now: number, cost = 1): boolean {
    this.#fill(now);
    const due = Math.min(cost, this.#burst);
    if (this.#tokens < due) return false;
    this.#tokens -= due;
    return true;
  }

  /** Nothing was taken for so long that the bucket can be forgotten. */
  isFull(now: number): boolean {
    this.#fill(now);
    return this.#tokens >= this.#burst;
  }

  #fill(now: number): void {
    // A clock that was set back must not take tokens away.
    const passed = Math.max(0, now - this.#at);
    this.#at = now;
    this.#tokens = Math.min(this.#burst, this.#tokens + passed * this.#perMs);
  }
}
