const tickMs = 5;
/** Timers are late by so much on any machine. */
const usualMs = 10;

/** The times at which this process did not come to run: what was waited for then says nothing of what it does. */
export class Stalls implements Disposable {
  readonly #seen: { readonly from: number; readonly to: number }[] = [];
  readonly #timer: NodeJS.Timeout;
  #last = performance.now();

  constructor() {
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  #tick(): void {
    const now = performance.now();
    if (now - this.#last > tickMs + usualMs) this.#seen.push({ from: this.#last + tickMs, to: now });
    this.#last = now;
  }

  /** How long it ran between two moments, by `performance.now()`. */
  async ranMs(from: number, to: number): Promise<number> {
    await new Promise((resolve) => setTimeout(resolve, tickMs));
    this.#tick();
    const stalled = this.#seen.map((one) => Math.max(0, Math.min(to, one.to) - Math.max(from, one.from)));
    return to - from - stalled.reduce((sum, ms) => sum + ms, 0);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
