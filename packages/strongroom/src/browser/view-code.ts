import type { LazyView } from "./lazy-view.ts";
import type { View } from "./view.ts";

type Registry = Readonly<Record<string, LazyView>>;

/** A page that waits longer for a part shows what it has. */
const longestMs = 2_000;

/** The code of views: fetched once a kind is on the page. */
export class ViewCode {
  readonly #registry: Registry;
  readonly #loaded = new Map<string, View>();
  readonly #loading = new Map<string, Promise<void>>();
  readonly #failed = new Set<string>();
  /** A kind's code has come, or cannot come. */
  onLoad: (kind: string) => void = () => undefined;
  /** A kind's code cannot be fetched: it may belong to an older build than the server has. */
  onFail: () => void = () => undefined;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  get(kind: string): View | undefined {
    return this.#loaded.get(kind);
  }

  /** True when the code cannot be fetched: a later page may have it. */
  hasFailed(kind: string): boolean {
    return this.#failed.has(kind);
  }

  /** Fetches what is missing of these kinds, and waits for it, two seconds at most; nothing where there is none to wait for. */
  fetch(kinds: Iterable<string>): Promise<void> | undefined {
    const missing = [...kinds].filter(
      (kind) => this.knows(kind) && !this.#loaded.has(kind) && !this.#failed.has(kind),
    );
    if (missing.length === 0) return undefined;
    return Promise.race([this.load(missing), new Promise<void>((done) => setTimeout(done, longestMs))]);
  }

  /** Resolves when the code of these kinds is there, as far as it can be had. */
  async load(kinds: Iterable<string>): Promise<void> {
    await Promise.all([...kinds].map((kind) => this.#load(kind)));
  }

  #load(kind: string): Promise<void> {
    if (!this.knows(kind) || this.#loaded.has(kind)) return Promise.resolve();
    let loading = this.#loading.get(kind);
    if (loading === undefined) this.#loading.set(kind, (loading = this.#fetch(kind)));
    return loading;
  }

  async #fetch(kind: string): Promise<void> {
    try {
      const module = await this.#registry[kind]?.load();
      if (module !== undefined) this.#loaded.set(kind, module.default);
      this.#failed.delete(kind);
    } catch {
      // Shown in the element's place; the next element of the kind asks again.
      this.#failed.add(kind);
      this.onFail();
    }
    this.#loading.delete(kind);
    this.onLoad(kind);
  }

  knows(kind: string): boolean {
    return Object.hasOwn(this.#registry, kind);
  }
}
