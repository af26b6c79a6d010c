import { builtinModules } from "node:module";
import type { Metafile, Plugin } from "esbuild";

/** Modules that the build makes itself. */
const made = /^basics:/;

/** What the browser may be made of, as paths from the package's folder. All else fails the build. */
const allowed: readonly RegExp[] = [
  /^src\/browser\//,
  /^src\/elements\/.*\.(schema\.ts|view\.tsx|module\.css)$/,
  /^src\/elements\/views\.ts$/,
  /^src\/wire\//,
  made,
  /(^|\/)node_modules\//,
  /^\(disabled\):/, // a module of Node that a package maps to nothing
];

const refused = "refused-builtin";
const builtins = new RegExp(`^(node:.*|${builtinModules.map((name) => RegExp.escape(name)).join("|")})$`);
const resolving = Symbol("resolving");

/** Lets a bundle go on when it meets a module of Node, so that `violations` can name the chain of imports to it. */
export const refuseBuiltins: Plugin = {
  name: "refuse-builtins",
  setup: (bundle) => {
    bundle.onResolve({ filter: builtins }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === resolving) return undefined;
      // A package may map a module of Node to one for browsers, or to nothing; then that stands.
      const mapped = await bundle.resolve(path, { importer, resolveDir, kind, pluginData: resolving });
      return mapped.errors.length === 0 ? mapped : { path, namespace: refused };
    });
    bundle.onLoad({ filter: /.*/, namespace: refused }, () => ({
      contents: "module.exports = {}",
      loader: "js",
    }));
  },
};

/** One text for each import that leads out of what the browser may be made of, with the way from the entry to it. */
export function violations(inputs: Metafile["inputs"], entry: string): readonly string[] {
  const importers = importersFrom(inputs, entry);
  return [...importers]
    .filter(([path, importer]) => !isAllowed(path) && (importer === undefined || isAllowed(importer)))
    .map(
      ([path]) =>
        `${readable(path)} must not reach the browser:\n    ${chain(path, importers).join("\n  → ")}`,
    );
}

function isAllowed(path: string): boolean {
  return allowed.some((pattern) => pattern.test(path));
}

/** Each file that can be reached, with the file that imports it on the shortest way. */
function importersFrom(inputs: Metafile["inputs"], entry: string): Map<string, string | undefined> {
  const importers = new Map<string, string | undefined>([[entry, undefined]]);
  // A Map keeps its order and may grow while it is walked: that makes it the queue of a breadth-first search.
  for (const [path] of importers) {
    for (const { path: imported, external } of inputs[path]?.imports ?? []) {
      if (external !== true && !importers.has(imported)) importers.set(imported, path);
    }
  }
  return importers;
}

function chain(path: string, importers: ReadonlyMap<string, string | undefined>): readonly string[] {
  const before = importers.get(path);
  const name = made.test(path) ? [] : [readable(path)];
  return before === undefined ? name : [...chain(before, importers), ...name];
}

function readable(path: string): string {
  return path.replace(`${refused}:`, "Node's ");
}
