import type { Computation, Made } from "./cache-values.ts";
import type { CacheClear } from "../wire/cache-frames.ts";
import type { RunSession } from "./run.ts";
import type { Services } from "./services.ts";

export interface ShelfLimits {
  readonly maxEntries: number;
  readonly maxBytes: number;
}

/** What the values of one function have in common. */
export interface ShelfOptions extends ShelfLimits {
  readonly kind: "data" | "resource";
  /** Called with a value that is kept no longer. */
  readonly release: ((value: unknown) => void) | undefined;
}

/** A value that is kept. */
export interface Kept extends Made {
  readonly key: string;
  readonly shelf: Shelf;
  /** It is not made anew in the background before. */
  restsUntil: number;
}

/** The values of one function, for everybody or for one viewer or session. */
export interface Shelf {
  readonly name: string;
  readonly options: ShelfOptions;
  /** The one used last comes last. */
  readonly kept: Map<string, Kept>;
  /** What is being computed. A computation that is not here any more was cleared: its result is not kept. */
  readonly computing: Map<string, Computation>;
  bytes: number;
}

/** The name under which a function's values for one viewer or session stand; those for everybody stand under its own. */
export function nameOnShelf(
  name: string,
  whose: { readonly viewer: string } | { readonly session: number },
): string {
  return "viewer" in whose ? `${name} viewer ${whose.viewer}` : `${name} session ${whose.session}`;
}

/** What a value costs beside its own bytes. */
const overheadBytes = 400;

/** What cached functions keep in this worker. */
export class Shelves {
  readonly #shelves = new Map<string, Shelf>();
  /** Values of `st.cacheData`, the one used last at the end. */
  readonly #order = new Set<Kept>();
  readonly #maxBytes: number;
  readonly #report: (error: unknown) => void;
  /** Things that are being closed. */
  readonly #releasing = new Set<Promise<void>>();
  #bytes = 0;
  /** Names of functions, by their places. */
  readonly names = new Map<string, string>();
  /** Functions that have answered a promise. */
  readonly asynchronous = new Set<string>();

  constructor(maxBytes: number, report: (error: unknown) => void) {
    this.#maxBytes = maxBytes;
    this.#report = report;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** How many values of `st.cacheData` there are. */
  get count(): number {
    return this.#order.size;
  }

  open(name: string, options: ShelfOptions): Shelf {
    const known = this.#shelves.get(name);
    if (known !== undefined) return known;
    const shelf = { name, options, kept: new Map(), computing: new Map(), bytes: 0 };
    this.#shelves.set(name, shelf);
    return shelf;
  }

  /** The value under a key; it is now the one used last. */
  find(shelf: Shelf, key: string): Kept | undefined {
    const kept = shelf.kept.get(key);
    if (kept === undefined) return undefined;
    shelf.kept.delete(key);
    shelf.kept.set(key, kept);
    if (this.#order.delete(kept)) this.#order.add(kept);
    return kept;
  }

  keep({ name, options }: Shelf, key: string, made: Made): void {
    const shelf = this.open(name, options);
    const before = shelf.kept.get(key);
    if (before !== undefined) this.#take(before);
    const kept: Kept = { ...made, key, shelf, restsUntil: 0 };
    shelf.kept.set(key, kept);
    if (options.kind === "data") {
      shelf.bytes += sizeOf(kept);
      this.#bytes += sizeOf(kept);
      this.#order.add(kept);
    }
    this.#makeRoom(shelf, kept);
  }

  /** Forgets a value. */
  drop(kept: Kept): void {
    this.#take(kept);
    this.#tidy(kept.shelf);
  }

  /** Forgets the value of a call, or all of a function; what is being computed will not be kept. */
  clear(name: string, key?: string): void {
    const shelf = this.#shelves.get(name);
    if (shelf === undefined) return;
    for (const kept of key === undefined ? [...shelf.kept.values()] : [shelf.kept.get(key)])
      if (kept !== undefined) this.#take(kept);
    if (key === undefined) shelf.computing.clear();
    else shelf.computing.delete(key);
    this.#tidy(shelf);
  }

  clearAll(kind?: ShelfOptions["kind"]): void {
    for (const { name, options } of this.#shelves.values())
      if (kind === undefined || options.kind === kind) this.clear(name);
  }

  /** Waits until all that is being closed is closed. */
  async released(): Promise<void> {
    await Promise.all(this.#releasing);
  }

  #makeRoom(shelf: Shelf, newest: Kept): void {
    const { maxEntries, maxBytes } = shelf.options;
    for (const kept of shelf.kept.values()) {
      // One that is larger than all may be is kept alone.
      if (kept === newest || (shelf.kept.size <= maxEntries && shelf.bytes <= maxBytes)) break;
      this.#take(kept);
    }
    for (const kept of this.#order) {
      if (kept === newest || this.#bytes <= this.#maxBytes) return;
      this.drop(kept);
    }
  }

  #take(kept: Kept): void {
    const { shelf, key } = kept;
    if (shelf.kept.get(key) !== kept) return;
    shelf.kept.delete(key);
    if (this.#order.delete(kept)) {
      shelf.bytes -= sizeOf(kept);
      this.#bytes -= sizeOf(kept);
    }
    this.release(shelf, kept);
  }

  /** Closes a thing that is not kept. */
  release({ options }: Shelf, { value }: Made): void {
    if (options.release !== undefined) this.#release(options.release, value);
  }

  #tidy(shelf: Shelf): void {
    const isEmpty = shelf.kept.size + shelf.computing.size === 0;
    if (isEmpty && this.#shelves.get(shelf.name) === shelf) this.#shelves.delete(shelf.name);
  }

  #release(release: (value: unknown) => unknown, value: unknown): void {
    try {
      const result = release(value);
      if (!(result instanceof Promise)) return;
      const released = result
        .then(() => undefined, this.#report)
        .finally(() => this.#releasing.delete(released));
      this.#releasing.add(released);
    } catch (error) {
      this.#report(error);
    }
  }
}

function sizeOf({ value }: Kept): number {
  return (value as Uint8Array).length + overheadBytes;
}

const name = "shelves";

/** What the cached functions of a worker keep. */
export function shelvesOf({ shared, options, report }: Services): Shelves {
  const known = shared.get(name);
  if (known instanceof Shelves) return known;
  const shelves = new Shelves(options.maxCacheBytes, report);
  shared.set(name, shelves);
  return shelves;
}

/** Another worker's code has cleared. */
export function heedClear(services: Services, { what, name, key, viewer }: CacheClear): void {
  const shelves = shelvesOf(services);
  if (name === undefined) shelves.clearAll(what);
  else shelves.clear(viewer === undefined ? name : nameOnShelf(name, { viewer }), key);
}

/** Forgets what was kept for a session alone. */
export function endSession({ local, services }: RunSession): void {
  for (const shelf of local) shelvesOf(services).clear(shelf);
  local.clear();
}
