/** So many a second, and so many at once after a pause. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Counts what is allowed by a rate, and what was too much. */
export class Allowance {
  readonly #rate: Rate;
  readonly #now: () => number;
  #left: number;
  #last: number;
  #leftOut = 0;

  constructor(rate: Rate, now: () => number = () => performance.now()) {
    this.#rate = rate;
    this.#now = now;
    this.#left = rate.burst;
    this.#last = now();
  }

  /** True while one more is allowed. */
  take(): boolean {
    const time = this.#now();
    const { perSecond, burst } = this.#rate;
    this.#left = Math.min(burst, this.#left + ((time - this.#last) / 1_000) * perSecond);
    this.#last = time;
    if (this.#left < 1) {
      this.#leftOut++;
      return false;
    }
    this.#left--;
    return true;
  }

  /** How many were too much since the last look. */
  tooMany(): number {
    const count = this.#leftOut;
    this.#leftOut = 0;
    return count;
  }
}
