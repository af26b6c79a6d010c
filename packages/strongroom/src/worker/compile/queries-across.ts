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
      .filter(({ onlyIf }) => onlyIf.some((origin) => connectsIn(modules, file)(origin)))
      .map((query) => ({ file, query })),
  );
}

/** Says whether what stands in a file is a connection, however many files it is handed on by. */
function connectsIn(modules: Modules, file: string, seen = new Set<string>()): (origin: Origin) => boolean {
  return (origin) => {
    if (origin.kind === "here") return true;
    const target = modules.imported.get(`${file}\0${origin.from}`);
    const name = origin.isCalled ? `${origin.name}()` : origin.name;
    if (target === undefined || seen.has(`${target}\0${name}`)) return false;
    seen.add(`${target}\0${name}`);
    const exported = modules.rewritten.get(target)?.queries.exports.get(name) ?? [];
    return exported.some(connectsIn(modules, target, seen));
  };
}
