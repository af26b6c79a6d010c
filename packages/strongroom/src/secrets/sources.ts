/** Where secrets are looked for. */
import { existsSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { ConfigProblem } from "../config/problem.ts";

export interface SecretPlaces {
  readonly appFolder: string;
  readonly home: string;
  /** `secrets.files`: these instead of the usual ones; relative to the app's folder. */
  readonly files?: readonly string[];
}

/** A file of TOML, the same sealed by age, or a folder with a file for each secret. */
export interface SecretSource {
  readonly path: string;
  readonly kind: "toml" | "sealed" | "folder";
}

const fileName = "secrets.toml";
/** Folders of an app that its code cannot read. */
const closedFolders: readonly string[] = [".strongroom", ".streamlit"];
export const sealedEnding = ".age";

/** All sources, those that win last; some may not be there. */
export function secretSources({ appFolder, home, files = [] }: SecretPlaces): readonly SecretSource[] {
  if (files.length > 0) return files.map((file) => sourceOf(resolve(appFolder, file), appFolder));
  return [...new Set([home, appFolder])].flatMap(usualSources);
}

/** The files of TOML, whose lines can be named. */
export function secretFiles(places: SecretPlaces): readonly string[] {
  return secretSources(places).flatMap(({ path, kind }) => (kind === "toml" ? [path] : []));
}

/** The file of an app's own secrets, whether it is there or not. */
export function ownSecretFile(appFolder: string): string {
  return join(appFolder, ".strongroom", fileName);
}

/** The keys that open sealed files, by where they are kept. */
export function ageKeyFiles({ appFolder, home }: SecretPlaces): readonly string[] {
  return [...new Set([appFolder, home])].map((folder) => join(folder, ".strongroom", "age.key"));
}

/** A `.streamlit` folder is read only where there is nothing of ours. What is not sealed wins over what is. */
function usualSources(folder: string): readonly SecretSource[] {
  const ours = ownSecretFile(folder);
  const sealed = `${ours}${sealedEnding}`;
  const other = join(folder, ".streamlit", fileName);
  const isSealed = existsSync(sealed);
  if (!existsSync(ours) && !isSealed && existsSync(other)) return [{ path: other, kind: "toml" }];
  return [...(isSealed ? [{ path: sealed, kind: "sealed" } as const] : []), { path: ours, kind: "toml" }];
}

function sourceOf(path: string, appFolder: string): SecretSource {
  const [first = ""] = relative(appFolder, path).split(sep);
  if (first !== ".." && !isAbsolute(first) && !closedFolders.includes(first)) {
    throw new ConfigProblem(
      `secrets.files: ${path} lies where the app's own code reads, and it must not read [connections] or [auth]. ` +
        "Move it below .strongroom, or out of the app's folder.",
    );
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return { path, kind: "folder" };
  if (path.endsWith(sealedEnding)) return { path, kind: "sealed" };
  if (path.endsWith(".toml") || !existsSync(path)) return { path, kind: "toml" };
  throw new ConfigProblem(
    `secrets.files: ${path} was expected to be a file that ends in .toml or .toml.age, or a folder.`,
  );
}
