import type { ModuleQueries, RefusedQuery } from "./author-module.ts";
import type { Origin } from "./connection-values.ts";

/** The modules of an app, and where their imports lead. */
export interface Modules {
  readonly rewritten: ReadonlyMap<string, { readonly queries: ModuleQueries }>;
  /** The file that each import of a file leads to: `importer`, a zero, what it asks for. */
  readonly imported: ReadonlyMap<string, string>;
}

/** Queries that are put together from values, on connections that other files of the app export. */
export function refusedAcross(
  modules: Modules,
): readonly { readonly file: string; readonly query: RefusedQuery }[] {
  return [...modules.rewritten].flatMap(([file, { queries }]) =>
    queries.refused
      .filter(({ onlyIf }) => onlyIf.some((origin) => isConnection(modules, file, origin, new Set())))
      .map((query) => ({ file, query })),
  );
}

function isConnection(modules: Modules, file: string, origin: Origin, seen: Set<string>): boolean {
  if (origin.kind === "here") return true;
  const target = modules.imported.get(`${file}\0${origin.from}`);
  const name = origin.isCalled ? `${origin.name}()` : origin.name;
  if (target === undefined || seen.has(`${target}\0${name}`)) return false;
  seen.add(`${target}\0${name}`);
  const exported = modules.rewritten.get(target)?.queries.exports.get(name) ?? [];
  return exported.some((next) => isConnection(modules, target, next, seen));
}
