import type { CapturedName } from "./cache-captured.ts";
import { CachedFunction } from "./cached-function.ts";
import {
  readSettings,
  type CacheDataOptions,
  type CacheName,
  type CacheOptions,
  type CacheResourceOptions,
} from "./cache-settings.ts";
import { shelvesOf } from "./cache-shelves.ts";
import { currentRun } from "./run.ts";

/** What the compiler writes behind the author's arguments: where the call stands, and what the function reads there. */
type Written = readonly [place?: string, captured?: readonly CapturedName[]];

/** A function whose results are kept. */
export interface Cached<A extends readonly unknown[], R> {
  (...args: A): R;
  /** Forgets the result for these arguments; without arguments, all results that the caller could read. */
  clear(...args: A | []): void;
}

export interface CacheData {
  /**
   * Keeps what a function returns, by its arguments: the next call with equal arguments gets a copy at once. Arguments and
   * results are plain data (JSON's types, Date, Map, Set, BigInt, bytes, lists of numbers). Errors are not kept. Of an async
   * function, one computation serves all who wait for it, in all workers; a sync one is computed once in each worker.
   */
  <A extends readonly unknown[], R>(compute: (...args: A) => R, options?: CacheDataOptions<A>): Cached<A, R>;
  /** Forgets the results of all functions, for everybody. */
  clear(): void;
}

export interface CacheResource {
  /**
   * Keeps the one thing that a function makes (a client, a model) and hands it to everybody in a worker as it is, without a
   * copy.
   */
  <A extends readonly unknown[], R>(
    compute: (...args: A) => R,
    options?: CacheResourceOptions<A, R>,
  ): Cached<A, R>;
  /** Releases all things, in all workers. */
  clear(): void;
}

/** The same, as compiled code calls it. */
interface WrittenCacheData extends CacheData {
  <A extends readonly unknown[], R>(
    compute: (...args: A) => R,
    options: CacheDataOptions<A>,
    ...written: Written
  ): Cached<A, R>;
}

interface WrittenCacheResource extends CacheResource {
  <A extends readonly unknown[], R>(
    compute: (...args: A) => R,
    options: CacheResourceOptions<A, R>,
    ...written: Written
  ): Cached<A, R>;
}

export const cacheData: WrittenCacheData = Object.freeze(
  Object.assign(
    <A extends readonly unknown[], R>(
      compute: (...args: A) => R,
      options: CacheDataOptions<A> = {},
      ...written: Written
    ): Cached<A, R> => cached("cacheData", { compute, options }, written),
    { clear: () => clearAll("data") },
  ),
);

export const cacheResource: WrittenCacheResource = Object.freeze(
  Object.assign(
    <A extends readonly unknown[], R>(
      compute: (...args: A) => R,
      options: CacheResourceOptions<A, R> = {},
      ...written: Written
    ): Cached<A, R> => cached("cacheResource", { compute, options }, written),
    { clear: () => clearAll("resource") },
  ),
);

function cached<A extends readonly unknown[], R>(
  name: CacheName,
  { compute, options }: { readonly compute: (...args: A) => R; readonly options: CacheOptions<A> },
  [writtenPlace, writtenNames]: Written,
): Cached<A, R> {
  const place = writtenPlace ?? callSite(cached);
  // What a package keeps is made of its own.
  const isKnown = writtenPlace !== undefined || place.split("|")[0]?.includes("/node_modules/");
  const captured = writtenNames ?? (isKnown ? [] : undefined);
  // Options and function come as they are from the author; `readSettings` looks at each.
  const given = { compute: compute as (...args: readonly unknown[]) => unknown, place, captured };
  const one = new CachedFunction(readSettings(name, options as object, given));
  const call = (...args: A): R => one.call(args) as R;
  return Object.freeze(Object.assign(call, { clear: (...args: A | []) => one.clear(args) }));
}

/** Where the calling code stands, for code that the compiler has not marked. */
function callSite(below: unknown): string {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, below as () => void);
  return (holder.stack ?? "").split("\n").slice(2, 4).join("|");
}

function clearAll(what: "data" | "resource"): void {
  const { services } = currentRun().session;
  shelvesOf(services).clearAll(what);
  services.cache?.clear(0, { what });
}
