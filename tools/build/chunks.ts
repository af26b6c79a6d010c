import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";

/** The module that draws the small kinds of elements: one file for all of them, since each alone is smaller than a request. */
export const basics = "basics:basics";

/** Views whose own modules are longer, in bytes of source without style sheets, get a chunk of their own. */
const smallBytes = 12_000;
/** What so many views import is worth loading with the entry. */
const manyViews = 5;
/** What every page has loaded; any other package is worth a chunk of its own. */
const alwaysThere = /^react(-dom)?($|\/)/;

export interface Registry {
  /** From the package's folder. */
  readonly path: string;
  readonly entry: string;
  readonly packageRoot: string;
}

/** Where the code of each kind's view goes. */
export interface Chunks {
  /** By kind, the module whose chunk draws it: its own, or `basics`. */
  readonly modules: ReadonlyMap<string, string>;
  readonly plugin: Plugin;
}

/** A line of the registry of views: the kind, and the module that draws it. */
const viewLine = /^\s*(\w+):[^:]*?import\(\s*"(\.\/[^"]+\.view\.tsx)"/gm;

/**
 * Layers instead of a chunk for every set of modules that some views share: the entry, with what small and large views
 * have in common; on top of that the small views, and each large one. A page of small elements so needs two files.
 */
export async function planChunks(registry: Registry): Promise<Chunks> {
  const source = readFileSync(join(registry.packageRoot, registry.path), "utf8");
  const own = new Map(
    [...source.matchAll(viewLine)].map(([, kind = "", path = ""]) => [kind, join("src/elements", path)]),
  );
  const inputs = await importGraph(registry);
  const views = new Map([...own.values()].map((module) => [module, closure(module, inputs)]));
  const loaded = closure(registry.entry, inputs);
  const common = commonOf([...views.values()], inputs).filter((path) => !loaded.has(path));
  for (const path of common) loaded.add(path);
  const small = new Map(
    [...own].filter(([, module]) => isSmall(views.get(module) ?? new Set(), loaded, inputs)),
  );
  const modules = new Map([...own].map(([kind, module]) => [kind, small.has(kind) ? basics : module]));
  const large = [...own.values()].filter((module) => ![...small.values()].includes(module));
  return { modules, plugin: layers(registry, { source, small, large, common }) };
}

/** Our modules that many views import. */
function commonOf(views: readonly ReadonlySet<string>[], inputs: Metafile["inputs"]): string[] {
  const count = (path: string): number => views.filter((modules) => modules.has(path)).length;
  return Object.keys(inputs).filter((path) => count(path) >= manyViews);
}

/** What imports what among our own sources; packages are left out. */
async function importGraph({ packageRoot, entry }: Registry): Promise<Metafile["inputs"]> {
  const { metafile } = await build({
    absWorkingDir: packageRoot,
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    format: "esm",
    jsx: "automatic",
    packages: "external",
    metafile: true,
    write: false,
    outdir: "unwritten",
    logLevel: "silent",
    loader: { ".css": "empty" },
  });
  return metafile.inputs;
}

function closure(path: string, inputs: Metafile["inputs"], found = new Set<string>()): Set<string> {
  found.add(path);
  for (const { path: imported, kind } of inputs[path]?.imports ?? []) {
    if (kind !== "dynamic-import" && !found.has(imported)) closure(imported, inputs, found);
  }
  return found;
}

function isSmall(
  modules: ReadonlySet<string>,
  loaded: ReadonlySet<string>,
  inputs: Metafile["inputs"],
): boolean {
  const more = [...modules].filter((path) => !loaded.has(path) && !path.endsWith(".css"));
  const packages = more.filter((path) => inputs[path] === undefined);
  const bytes = more.reduce((sum, path) => sum + (inputs[path]?.bytes ?? 0), 0);
  return bytes <= smallBytes && packages.every((name) => alwaysThere.test(name));
}

interface Layers {
  readonly source: string;
  readonly small: ReadonlyMap<string, string>;
  readonly large: readonly string[];
  readonly common: readonly string[];
}

function layers({ packageRoot, path, entry }: Registry, { source, small, large, common }: Layers): Plugin {
  const at = (file: string): string => join(packageRoot, file);
  const load = (files: readonly string[]): string =>
    files.map((file) => `import ${JSON.stringify(at(file))};`).join("");
  const exports = [...small].map(
    ([kind, module]) => `export { default as ${kind} } from ${JSON.stringify(at(module))};`,
  );
  const prefixes = new Map([
    [at(entry), load(common)],
    ...large.map((module) => [at(module), load([entry])] as const),
  ]);
  return {
    name: "layers",
    setup: (bundle) => {
      bundle.onResolve({ filter: /^basics$/ }, () => ({ path: "basics", namespace: "basics" }));
      bundle.onLoad({ filter: /.*/, namespace: "basics" }, () => ({
        contents: load([entry]) + exports.join(""),
        resolveDir: packageRoot,
      }));
      bundle.onLoad({ filter: /\.tsx?$/ }, (file) => {
        if (file.path === at(path)) return { contents: withBasics(source, small), loader: "ts" };
        const prefix = prefixes.get(file.path);
        return prefix === undefined
          ? undefined
          : { contents: prefix + readFileSync(file.path, "utf8"), loader: "tsx" };
      });
    },
  };
}

/** The registry, with the small views taken from where they are together. */
function withBasics(source: string, small: ReadonlyMap<string, string>): string {
  return source.replace(viewLine, (line, kind: string, path: string) => {
    if (!small.has(kind)) return line;
    const own = new RegExp(`import\\(\\s*${RegExp.escape(JSON.stringify(path))}`);
    // What follows is the end of the call: an optional comma and a parenthesis.
    return line.replace(own, `import("basics").then((all) => ({ default: all.${kind} })`);
  });
}
