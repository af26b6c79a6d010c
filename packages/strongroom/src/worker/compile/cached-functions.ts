import type { Program } from "acorn";
import { relative, sep } from "node:path";
import { Bindings } from "./bindings.ts";
import { CacheCaptures, type Captured } from "./cache-captures.ts";
import { placedCalls, type PlacedCall } from "./cache-places.ts";
import { CacheSources } from "./cache-source.ts";

/** The cached functions of a module. */
export interface CachedFunctions {
  readonly calls: readonly PlacedCall[];
  /** For each its module, a hash of what decides about its results there, and a number among those that are alike. */
  readonly places: readonly string[];
  readonly refused: readonly Captured[];
}

interface Source {
  readonly file: string;
  readonly appFolder: string;
  readonly isPage: boolean;
  readonly code: string;
}

const none: CachedFunctions = { calls: [], places: [], refused: [] };

/** Finds the cached functions of a module, names them, and says what they take from around them and must not. */
export function cachedFunctions(
  { file, appFolder, isPage, code }: Source,
  program: Program,
): CachedFunctions {
  const calls = placedCalls(program);
  if (calls.length === 0) return none;
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
  return { calls, places, refused: calls.flatMap(({ node }) => captures.of(node)) };
}
