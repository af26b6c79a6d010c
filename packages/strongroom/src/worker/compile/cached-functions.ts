import type { Program } from "acorn";
import { relative, sep } from "node:path";
import { Bindings } from "./bindings.ts";
import { CacheCaptures, type Captured, type Refused } from "./cache-captures.ts";
import { placedCalls, unplacedUses, type PlacedCall } from "./cache-places.ts";
import { CacheSources } from "./cache-source.ts";

/** The cached functions of a module. */
export interface CachedFunctions {
  readonly calls: readonly PlacedCall[];
  /** For each its module, a hash of what decides about its results there, and a number among those that are alike. */
  readonly places: readonly string[];
  /** For each what it reads from around it. */
  readonly captured: readonly (readonly Captured[])[];
  readonly refused: readonly Refused[];
}

interface Source {
  readonly file: string;
  readonly appFolder: string;
  readonly isPage: boolean;
  readonly code: string;
}

const none: CachedFunctions = { calls: [], places: [], captured: [], refused: [] };

const toBeCalled =
  'A cached function is made where it is called for: `st.cacheData(async (id) => …)`, with `st` as imported from "strongroom", ' +
  "the function and at most its options. Only so is it known what it reads. Write it so.";

/** Finds the cached functions of a module, names them, and says what they read from around them. */
export function cachedFunctions(
  { file, appFolder, isPage, code }: Source,
  program: Program,
): CachedFunctions {
  const calls = placedCalls(program);
  const unplaced = unplacedUses(program, calls).map((at) => ({ at, message: toBeCalled }));
  if (calls.length === 0) return { ...none, refused: unplaced };
  const bindings = new Bindings(program);
  const captures = new CacheCaptures(program, bindings, isPage);
  const sources = new CacheSources(program, bindings, code);
  const alike = new Map<string, number>();
  const name = relative(appFolder, file).replaceAll(sep, "/");
  const places = calls.map(({ node }) => {
    const source = sources.of(node);
    const number = alike.get(source) ?? 0;
    alike.set(source, number + 1);
    return `${name}#${source}.${number}`;
  });
  const found = calls.map(({ node }) => captures.of(node));
  return {
    calls,
    places,
    captured: found.map(({ captured }) => captured),
    refused: [...unplaced, ...found.flatMap(({ refused }) => refused)],
  };
}
