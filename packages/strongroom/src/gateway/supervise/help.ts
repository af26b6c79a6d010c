/** Help stops at so many times the workers that were asked for. */
const mostTimes = 2;
/** A process that starts takes even more of a machine that is busy: help comes no more often than this. */
const everyMs = 3_000;

/** Decides whether workers that are all busy get one more. */
export class Help {
  #last = -Infinity;

  /** Answers whether one more may come now, where there are `times` as many as were asked for. */
  comes(times: number, now: number): boolean {
    if (times >= mostTimes || now - this.#last < everyMs) return false;
    this.#last = now;
    return true;
  }

  /** A worker fell: the next need is another one. */
  lost(): void {
    this.#last = -Infinity;
  }
}
