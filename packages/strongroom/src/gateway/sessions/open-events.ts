/**
 * The events that a worker was given and has not answered. When it goes, the browser is told to send them again; what
 * it had sent before it heard of that overtakes them, and must not count: it comes once more, in its place.
 */
export class OpenEvents {
  #numbers: number[] = [];
  /** The first that the browser will send again. */
  #missing: number | undefined;

  /** It was sent before the browser heard that earlier ones are missing. */
  overtakes(n: number): boolean {
    return this.#missing !== undefined && n > this.#missing;
  }

  add(n: number): void {
    this.#missing = undefined;
    this.#numbers.push(n);
  }

  /** The browser does not keep it any more. */
  refused(n: number): void {
    this.#numbers = this.#numbers.filter((number) => number !== n);
  }

  committed(last: number): void {
    if (this.#numbers.length > 0) this.#numbers = this.#numbers.filter((number) => number > last);
  }

  /** The worker is gone. */
  lose(committed: number): void {
    this.committed(committed);
    const missing = this.#numbers[0] ?? this.#missing;
    this.#missing = missing === undefined || missing <= committed ? undefined : missing;
    this.#numbers = [];
  }

  /** A new socket: nothing that was sent on another one comes any more. */
  connected(): void {
    this.#missing = undefined;
  }
}
