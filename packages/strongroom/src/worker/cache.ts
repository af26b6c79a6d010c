import { createHash } from "node:crypto";
import { decode, encode, encodeCanonical, NotPlainError } from "./codec.ts";
import { durationMs } from "./duration.ts";
import { badOption, StrongroomError } from "./errors.ts";
import { currentRun, place as scopeOfCall, RunSignal, within, type Run } from "./run.ts";

export interface CacheOptions {
  /** How long a value holds: seconds, or text such as `"10m"`. Default: as long as the app runs. */
  readonly ttl?: number | string;
  /** Beyond so many values the one that was not used for longest goes. Default 1,000. */
  readonly maxEntries?: number;
  /** `"session"` keeps values for each viewer's tab by itself. Default `"global"`. */
  readonly scope?: "global" | "session";
}

/** A function whose results are kept. */
export interface Cached<A extends readonly unknown[], R> {
  (...args: A): R;
  /** Forgets the result for these arguments; without arguments, all results. */
  clear(...args: A | []): void;
}

type Kind = "cacheData" | "cacheResource";

interface Entry {
  madeAt: number;
  /** The encoded value of `cacheData`, the value itself of `cacheResource`; nothing while it is computed. */
  kept: { readonly value: unknown } | undefined;
  /** The computation, where the function is async. */
  promise: Promise<unknown> | undefined;
  readonly owner: Run;
}

type Store = Map<string, Entry>;

/**
 * Keeps what a function returns, by its arguments: the next call with equal arguments gets a copy at once. Arguments and
 * results are plain data (JSON's types, Date, Map, Set, BigInt, bytes). Errors are not kept.
 */
export function cacheData<A extends readonly unknown[], R>(
  compute: (...args: A) => R,
  options: CacheOptions = {},
  place?: string,
): Cached<A, R> {
  return cached("cacheData", compute, options, place);
}

/** Keeps the one thing that a function makes (a client, a model) and hands it to everybody as it is, without a copy. */
export function cacheResource<A extends readonly unknown[], R>(
  compute: (...args: A) => R,
  options: CacheOptions = {},
  place?: string,
): Cached<A, R> {
  return cached("cacheResource", compute, options, place);
}

function cached<A extends readonly unknown[], R>(
  kind: Kind,
  compute: (...args: A) => R,
  options: CacheOptions,
  place: string | undefined,
): Cached<A, R> {
  if (typeof compute !== "function")
    throw badOption(kind, "function", `given first: st.${kind}(async (id: string) => …)`);
  const cache = new Cache(kind, options, place ?? callSite(cached));
  const call = (...args: A): R => cache.get(args, () => compute(...args)) as R;
  return Object.assign(call, { clear: (...args: A | []) => cache.clear(args) });
}

/** Where the calling code stands, for code that the compiler has not marked. */
function callSite(below: unknown): string {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, below as () => void);
  return (holder.stack ?? "").split("\n").slice(2, 4).join("|");
}

class Cache {
  readonly #kind: Kind;
  readonly #name: string;
  readonly #ttlMs: number;
  readonly #maxEntries: number;
  readonly #scope: "global" | "session";

  constructor(kind: Kind, options: CacheOptions, place: string) {
    const { ttl, maxEntries = 1_000, scope = "global" } = options;
    const ttlMs = ttl === undefined ? Infinity : durationMs(ttl);
    if (ttlMs === undefined) throw badOption(kind, "ttl", 'seconds, or text such as "10m"');
    if (!Number.isInteger(maxEntries) || maxEntries < 1)
      throw badOption(kind, "maxEntries", "a whole number from 1");
    this.#kind = kind;
    this.#name = `${kind}:${place}`;
    this.#ttlMs = ttlMs;
    this.#maxEntries = maxEntries;
    this.#scope = scope;
  }

  get(args: readonly unknown[], compute: () => unknown): unknown {
    const run = currentRun();
    const store = this.#storeOf(run);
    const key = this.#keyOf(args);
    const found = this.#fresh(store, key);
    if (found?.kept !== undefined) {
      const value = this.#handOut(found.kept.value);
      return found.promise === undefined ? value : Promise.resolve(value);
    }
    if (found?.promise !== undefined) return this.#join(found, () => this.get(args, compute));
    return this.#compute(run, store, { key, compute });
  }

  clear(args: readonly unknown[]): void {
    const store = this.#storeOf(currentRun());
    if (args.length === 0) store.clear();
    else store.delete(this.#keyOf(args));
  }

  #storeOf(run: Run): Store {
    const { local, services } = run.session;
    const stores = this.#scope === "session" ? local : services.shared;
    // Whoever puts a store there under such a name is this function.
    let store = stores.get(this.#name) as Store | undefined;
    if (store === undefined) stores.set(this.#name, (store = new Map()));
    return store;
  }

  #keyOf(args: readonly unknown[]): string {
    try {
      return createHash("sha256").update(encodeCanonical(args)).digest("base64url");
    } catch (error) {
      if (!(error instanceof NotPlainError)) throw error;
      const [, index = "0", rest = ""] = /^\[(\d+)\]\.?(.*)$/.exec(error.at) ?? [];
      throw new StrongroomError(
        "ERR_CACHE_ARGUMENT",
        `st.${this.#kind}: argument ${Number(index) + 1}${rest === "" ? "" : ` (\`${rest}\`)`} is ${error.found}. ` +
          "Arguments name the result, so they must be plain data; a live thing is used inside of the function instead.",
      );
    }
  }

  /** The entry under a key unless its time is over; it is now the one used last. */
  #fresh(store: Store, key: string): Entry | undefined {
    const entry = store.get(key);
    if (entry === undefined) return undefined;
    store.delete(key);
    if (entry.kept !== undefined && Date.now() - entry.madeAt >= this.#ttlMs) return undefined;
    store.set(key, entry);
    return entry;
  }

  #compute(run: Run, store: Store, { key, compute }: { key: string; compute: () => unknown }): unknown {
    const { container } = scopeOfCall();
    const result = within({ run, container, forOthers: true }, compute);
    const entry: Entry = { madeAt: Date.now(), kept: undefined, promise: undefined, owner: run };
    if (result instanceof Promise) {
      entry.promise = this.#settle(store, key, entry, result);
      this.#put(store, key, entry);
      return this.#join(entry, undefined);
    }
    entry.kept = { value: this.#keep(result) };
    this.#put(store, key, entry);
    return this.#handOut(entry.kept.value);
  }

  /** The end of a computation; one that failed is not kept. */
  async #settle(store: Store, key: string, entry: Entry, result: Promise<unknown>): Promise<unknown> {
    try {
      const value = this.#keep(await result);
      entry.kept = { value };
      entry.madeAt = Date.now();
      return value;
    } catch (error) {
      if (store.get(key) === entry) store.delete(key);
      throw error;
    }
  }

  /** Waits with others for one computation; where it ended because the run that began it did, another takes over. */
  async #join(entry: Entry, again: (() => unknown) | undefined): Promise<unknown> {
    try {
      return this.#handOut(await entry.promise);
    } catch (error) {
      const isCutOff = error instanceof RunSignal || entry.owner.over !== undefined;
      if (!isCutOff || again === undefined) throw error;
      return again();
    }
  }

  #put(store: Store, key: string, entry: Entry): void {
    store.set(key, entry);
    // A map lists its oldest entry first.
    for (const oldest of store.keys()) {
      if (store.size <= this.#maxEntries) return;
      store.delete(oldest);
    }
  }

  #keep(value: unknown): unknown {
    if (this.#kind === "cacheResource") return value;
    try {
      return encode(value);
    } catch (error) {
      if (!(error instanceof NotPlainError)) throw error;
      throw new StrongroomError(
        "ERR_CACHE_VALUE",
        `st.cacheData keeps plain data; ${error.message} Keep live things with st.cacheResource.`,
      );
    }
  }

  #handOut(kept: unknown): unknown {
    // What `cacheData` keeps is bytes of its own writing.
    return this.#kind === "cacheResource" ? kept : decode(kept as Uint8Array);
  }
}
