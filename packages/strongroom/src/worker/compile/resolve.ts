import { existsSync, readdirSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename, dirname, extname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { nearest } from "../../config/nearest.ts";

/** The addresses of our own modules, whatever folder the app is in. */
export type Doors = Readonly<Record<string, string>>;

/** What becomes of an import. */
export type Decision =
  /** Loaded by Node as it is, from this address. */
  | { readonly kind: "external"; readonly url: string }
  /** Found by the bundler's rules; then `settle` says what becomes of the file. */
  | { readonly kind: "find"; readonly specifier: string }
  | { readonly kind: "refused"; readonly text: string };

/** Decides by the name alone. */
export function decide(specifier: string, doors: Doors): Decision {
  const door = doors[specifier];
  if (door !== undefined) return { kind: "external", url: door };
  if (specifier.startsWith("strongroom/")) {
    const known = Object.keys(doors).join('" and "');
    return { kind: "refused", text: `Strongroom has no module "${specifier}"; it has "${known}".` };
  }
  if (isBuiltin(specifier)) {
    return { kind: "external", url: specifier.startsWith("node:") ? specifier : `node:${specifier}` };
  }
  if (specifier.startsWith("file:")) return { kind: "find", specifier: fileURLToPath(specifier) };
  if (/^(https?|data|blob):/.test(specifier)) {
    return {
      kind: "refused",
      text: "An app's code comes from its folder and its packages, never from an address.",
    };
  }
  return { kind: "find", specifier };
}

/** What becomes of a file that was found: Node loads packages; the author's own files, and all JSON, are bundled. */
export function settle(file: string): Exclude<Decision, { kind: "find" }> | { readonly kind: "bundle" } {
  const isOfPackage = file.includes("/node_modules/") || file.includes("\\node_modules\\");
  if (isOfPackage && extname(file) !== ".json") return { kind: "external", url: pathToFileURL(file).href };
  if (bundled.test(file)) return { kind: "bundle" };
  const text = `Files of the kind ${extname(file) || "without an ending"} cannot be imported. Read them with readFile of node:fs/promises.`;
  return { kind: "refused", text };
}

const bundled = /\.([cm]?[jt]sx?|json)$/;

/** Says what is missing and how to mend it. */
export function missing(specifier: string, importerFolder: string, appFolder: string): string {
  if (!/^\.{0,2}\//.test(specifier)) return missingPackage(specifier, appFolder);
  const wanted = join(importerFolder, specifier);
  const like = likeNamed(wanted);
  const advice =
    like === undefined ? "" : ` Did you mean "${specifier.slice(0, -basename(specifier).length)}${like}"?`;
  return `The file ${relative(appFolder, wanted)} does not exist.${advice}`;
}

function missingPackage(specifier: string, appFolder: string): string {
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  if (existsSync(join(appFolder, "node_modules", name)))
    return `The package ${name} is installed, but has no module "${specifier}".`;
  return `The package ${name} is not installed. Install it in the app's folder: npm install ${name}`;
}

/** A file of the same folder whose name is nearly the wanted one. */
function likeNamed(wanted: string): string | undefined {
  let names: readonly string[];
  try {
    names = readdirSync(dirname(wanted)).filter((name) => bundled.test(name));
  } catch {
    return undefined; // the folder itself is missing
  }
  const stem = (name: string): string => basename(name, extname(name));
  const like = nearest(stem(wanted), names.map(stem));
  return names.find((name) => stem(name) === like);
}
