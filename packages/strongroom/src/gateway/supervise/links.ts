import { realpathSync } from "node:fs";
import { join, sep } from "node:path";
import type { Logger } from "pino";
import { PoolRefused } from "./pool-types.ts";
import { entriesOf, isHidden } from "./readable.ts";

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
    for (const entry of entriesOf(folder)) {
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

/** Refuses links that lead out where nothing but Node's permissions stands between them and the app's code. */
export function checkLinks(
  appFolder: string,
  sandbox: { readonly isWalled: boolean; readonly isChosen: boolean },
  log: Logger,
): void {
  const links = linksOut(appFolder);
  for (const { link, target } of links) {
    const where = target === undefined ? "leads nowhere" : `leads out of the app's folder, to ${target}`;
    log.warn(
      `${link} ${where}; ${sandbox.isWalled ? "the app's code cannot follow it" : "the app's code could follow it"}`,
    );
  }
  const [first] = links.filter(({ target }) => target !== undefined);
  if (first === undefined || sandbox.isWalled || sandbox.isChosen) return;
  throw new PoolRefused(
    `${first.link} is a link to ${first.target}, outside of the app's folder, and without a sandbox the app's code could ` +
      "read all that lies there. Put what it leads to into the app's folder, install bubblewrap, or accept it with " +
      'sandbox = "none" under [runner] in .strongroom/config.toml.',
  );
}
