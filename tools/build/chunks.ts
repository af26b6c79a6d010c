import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";

/** The module that draws the small kinds of elements: one file for all of them, since each alone is smaller than a request. */
export const basics = "basics:basics";

/** Views whose own modules are longer, in bytes of source without style sheets, get a chunk of their own. */
const smallBytes = 7_500;
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
  readonly plugins: readonly Plugin[];
}

/** A line of the registry of views: the kind, and the module that draws it. */
const viewLine = /^\s*(\w+):[^:]*?import\(\s*"(\.\/[^"]+\.view\.tsx)"/gm;

/**
 * Layers instead of a chunk for every set of modules that some views share: the entry, with what small and large views
 * have in common; on top of that the small views, and each large one. A page of small elements so needs two files.
 */
export async function planChunks(registry: Registry): Promise<Chunks> {
  const source = withoutSpecs(readFileSync(join(registry.packageRoot, registry.path), "utf8"));
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
  const late = [...large, ...dynamicImports(registry.path, inputs)];
  const inSmall = closureOf([...small.values()], inputs);
  const shared = [...closureOf(large, inputs)].filter((path) => inSmall.has(path) && path in inputs);
  common.push(...shared.filter((path) => !loaded.has(path)));
  return { modules, plugins: layers(registry, { small, late, common }) };
}

/** What views fetch when they need it. */
function dynamicImports(registry: string, inputs: Metafile["inputs"]): readonly string[] {
  return Object.entries(inputs)
    .filter(([path]) => path !== registry)
    .flatMap(([, { imports }]) =>
      imports.filter(({ kind }) => kind === "dynamic-import").map(({ path }) => path),
    );
}

/** Our modules that many views import. */
function commonOf(views: readonly ReadonlySet<string>[], inputs: Metafile["inputs"]): string[] {
  const count = (path: string): number => views.filter((modules) => modules.has(path)).length;
  return Object.keys(inputs).filter((path) => count(path) >= manyViews);
}

/** What imports what among our own sources; packages are left out. */
async function importGraph({ packageRoot, path, entry }: Registry): Promise<Metafile["inputs"]> {
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
    plugins: [rewriting(new Map([[join(packageRoot, path), withoutSpecs]]))],
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

function closureOf(paths: readonly string[], inputs: Metafile["inputs"]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of paths) closure(path, inputs, found);
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
  readonly small: ReadonlyMap<string, string>;
  /** Modules that are fetched by themselves: each rests on the entry. */
  readonly late: readonly string[];
  readonly common: readonly string[];
}

function layers({ packageRoot, path, entry }: Registry, { small, late, common }: Layers): readonly Plugin[] {
  const at = (file: string): string => join(packageRoot, file);
  const load = (files: readonly string[]): string =>
    files.map((file) => `import ${JSON.stringify(at(file))};`).join("");
  const exports = [...small].map(
    ([kind, module]) => `export { default as ${kind} } from ${JSON.stringify(at(module))};`,
  );
  const virtual: Plugin = {
    name: "basics",
    setup: (bundle) => {
      bundle.onResolve({ filter: /^basics$/ }, () => ({ path: "basics", namespace: "basics" }));
      bundle.onLoad({ filter: /.*/, namespace: "basics" }, () => ({
        contents: load([entry]) + exports.join(""),
        resolveDir: packageRoot,
      }));
    },
  };
  const changes = new Map<string, Rewrite>([
    [at(path), (source) => withBasics(withoutSpecs(source), small)],
    [at(entry), (source) => load(common) + source],
    ...late.map((module): [string, Rewrite] => [at(module), (source) => load([entry]) + source]),
  ]);
  return [virtual, rewriting(changes)];
}

type Rewrite = (source: string) => string;

/** Changes some modules as they are read. */
function rewriting(changes: ReadonlyMap<string, Rewrite>): Plugin {
  return {
    name: "rewriting",
    setup: (bundle) => {
      bundle.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
        const change = changes.get(path);
        return (
          change && {
            contents: change(readFileSync(path, "utf8")),
            loader: path.endsWith("x") ? "tsx" : "ts",
          }
        );
      });
    },
  };
}

/** The registry without the contracts that it takes the kinds from (its keys are the kinds): those come with the views. */
function withoutSpecs(source: string): string {
  return source
    .replace(/^import \{[^}]*\} from "\.\/[^"]+\.schema\.ts";\n/gm, "")
    .replace(/(\w+): lazyView\(\s*\w+\.kind,/g, '$1: lazyView("$1",');
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
