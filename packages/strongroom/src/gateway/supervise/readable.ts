import { existsSync, readdirSync, realpathSync, type Dirent } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folders of an app that hold our keys, the author's secrets or the history of both. */
export const hiddenNames: readonly string[] = [".strongroom", ".streamlit", ".git"];

export function isHidden(name: string): boolean {
  return hiddenNames.includes(name);
}

/** What stands in an app's folder and may be read by its code. */
export function appEntries(appFolder: string): readonly string[] {
  return readdirSync(appFolder)
    .filter((name) => !isHidden(name))
    .map((name) => join(appFolder, name));
}

/** The folders of packages that code in a folder finds, and where links in them lead. */
export function packageFolders(folder: string): readonly string[] {
  const found = new Set<string>();
  for (let at = folder; ; at = dirname(at)) {
    const modules = join(at, "node_modules");
    if (existsSync(modules)) addWithLinks(modules, found);
    if (dirname(at) === at) return [...found];
  }
}

/** Workspaces and linked packages stand elsewhere; the resolver follows the link. */
function addWithLinks(modules: string, found: Set<string>): void {
  found.add(modules);
  for (const entry of entriesOf(modules)) {
    const path = join(modules, entry.name);
    if (entry.name.startsWith("@") && entry.isDirectory()) {
      for (const scoped of entriesOf(path)) {
        if (scoped.isSymbolicLink()) addTarget(join(path, scoped.name), found);
      }
    } else if (entry.isSymbolicLink()) addTarget(path, found);
  }
}

/** What stands in a folder; nothing where we may not look: then our children may not either. */
export function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function addTarget(link: string, found: Set<string>): void {
  if (existsSync(link)) found.add(realpathSync(link));
}

/** Our own package: where its code stands. */
export interface OwnPackage {
  readonly dist: string;
  readonly packageFile: string;
  readonly folders: readonly string[];
}

export function ownPackage(): OwnPackage {
  // Children run what was built, also where we ourselves run from source, in our own tests.
  const dist = fileURLToPath(
    new URL(import.meta.url.endsWith(".ts") ? "../../../dist" : "../..", import.meta.url),
  );
  const root = dirname(dist.replace(/\/$/, ""));
  // Of a linked package only what it publishes: its own folder may be a repository.
  const folders = packageFolders(root).filter((path) => path !== root);
  return { dist: join(root, "dist"), packageFile: join(root, "package.json"), folders };
}
