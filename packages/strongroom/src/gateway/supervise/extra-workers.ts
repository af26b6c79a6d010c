/** There are never more than so many times the workers that were asked for. */
const mostTimes = 2;
/** A process that starts takes even more of a machine that is busy: the next comes no sooner than this. */
const everyMs = 3_000;

/** Decides whether workers that are all busy get one more. */
export class ExtraWorkers {
  #last = -Infinity;

  /** Answers whether one more may come now, where there are `times` as many as were asked for. */
  take(times: number, now: number): boolean {
    if (times >= mostTimes || now - this.#last < everyMs) return false;
    this.#last = now;
    return true;
  }

  /** A worker fell: the next need is another one, and is met at once. */
  oneFell(): void {
    this.#last = -Infinity;
  }
}
