/** Why the newest save is not in force: it does not compile, or does not load. */
export class Problems {
  readonly #listeners: ((problem: string | undefined) => void)[] = [];
  #compile: string | undefined;
  #load: string | undefined;

  get current(): string | undefined {
    return this.#compile ?? this.#load;
  }

  listen(listener: (problem: string | undefined) => void): void {
    this.#listeners.push(listener);
  }

  compile(problem: string | undefined): void {
    this.#change(() => (this.#compile = problem));
  }

  load(problem: string | undefined): void {
    this.#change(() => (this.#load = problem));
  }

  #change(set: () => void): void {
    const before = this.current;
    set();
    const { current } = this;
    if (current !== before) for (const listener of this.#listeners) listener(current);
  }
}
