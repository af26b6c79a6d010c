import { readdirSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { isHidden } from "./readable.ts";

/** A symbolic link that leads out of the folder it stands in. */
export interface LinkOut {
  readonly link: string;
  /** Where it leads, or nothing where it leads nowhere. */
  readonly target: string | undefined;
}

/** No app has so many files by hand: what lies beyond was put there by a program. */
const maxEntries = 50_000;

/**
 * Links in an app's folder that lead out of it. Node's permission model follows them, so each is a hole in a worker that
 * has no sandbox round it. Packages are not looked through: their links are the package manager's.
 */
export function linksOut(appFolder: string): readonly LinkOut[] {
  const root = realpathSync(appFolder);
  const found: LinkOut[] = [];
  const folders = [root];
  let entries = 0;
  for (let folder = folders.pop(); folder !== undefined && entries < maxEntries; folder = folders.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      entries++;
      if (entry.name === "node_modules" || (folder === root && isHidden(entry.name))) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      if (!entry.isSymbolicLink()) continue;
      const target = targetOf(path);
      if (target === undefined || !`${target}${sep}`.startsWith(`${root}${sep}`))
        found.push({ link: path, target });
    }
  }
  return found;
}

function targetOf(link: string): string | undefined {
  try {
    return realpathSync(link);
  } catch {
    return undefined; // dangling, or a circle: it leads nowhere now
  }
}
