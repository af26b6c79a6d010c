import { hash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Metafile } from "esbuild";

/** Where package managers write down what they have installed. */
const installed = [".package-lock.json", ".pnpm/lock.yaml", ".yarn-state.yml"] as const;

export interface VersionsOptions {
  readonly appFolder: string;
  /** Hashes of the author's files as they were compiled. */
  readonly texts: ReadonlyMap<string, string>;
  /** Told of each file that was looked at. */
  readonly input: (file: string) => void;
}

/**
 * For each of the author's modules a hash of all that it imports, however far away: the author's own files by their text,
 * packages by what was installed. The module's own text is not in it, unless something that it imports comes back to it.
 */
export function moduleVersions(
  metafile: Metafile,
  options: VersionsOptions,
): Readonly<Record<string, string>> {
  const packages = new Map<string, string>();
  const versions: Record<string, string> = {};
  for (const name of Object.keys(metafile.inputs)) {
    if (!options.texts.has(resolve(options.appFolder, name))) continue;
    const parts = [...reached(metafile, name)].map((path) => {
      if (!path.startsWith("file:")) return options.texts.get(resolve(options.appFolder, path)) ?? path;
      const known = packages.get(path) ?? packageOf(fileURLToPath(path), options.input);
      packages.set(path, known);
      return known;
    });
    versions[name] = digest(parts.sort((a, b) => (a < b ? -1 : 1)).join("\n"));
  }
  return versions;
}

function reached({ inputs }: Metafile, from: string): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (name: string): void => {
    for (const { path } of inputs[name]?.imports ?? []) {
      if (found.has(path)) continue;
      found.add(path);
      look(path);
    }
  };
  look(from);
  return found;
}

/** What is known of the package that a file belongs to, and of those that it was installed with. */
function packageOf(file: string, input: (file: string) => void): string {
  let folder = dirname(file);
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  const root = /^(.*?[\\/]node_modules)[\\/]/.exec(file)?.[1];
  const files = [
    join(folder, "package.json"),
    ...(root === undefined ? [] : installed.map((name) => join(root, name))),
  ].filter((one) => existsSync(one));
  for (const one of files) input(one);
  return digest(
    `${file.slice(folder.length)}\n${files.map((one) => digest(readFileSync(one, "utf8"))).join("\n")}`,
  );
}

/** A short name of a text. */
export function digest(text: string): string {
  return hash("sha256", text, "base64url");
}
