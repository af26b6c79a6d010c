/**
 * The sessions whose page is being made anew. Meanwhile no socket takes them up: the page that is left would hear what is
 * meant for the next, as of a click cut off.
 */
export class Refreshes {
  /** How many documents are being made of each. */
  readonly #counts = new Map<string, number>();

  has(id: string): boolean {
    return this.#counts.has(id);
  }

  async during<T>(id: string, make: () => Promise<T>): Promise<T> {
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
    return make().finally(() => {
      const left = (this.#counts.get(id) ?? 1) - 1;
      if (left === 0) this.#counts.delete(id);
      else this.#counts.set(id, left);
    });
  }
}
