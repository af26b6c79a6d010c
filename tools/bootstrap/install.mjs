import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { npm, tryNpm } from "./npm.mjs";

/** Installs what the lockfile names and `node_modules` lacks. Costs 2 ms when nothing is missing. */
export function installMissing(root) {
  const missing = firstMissing(root);
  if (missing === undefined) return;
  const isFresh = !existsSync(join(root, "node_modules"));
  console.error(
    isFresh ? "Installing the packages of package-lock.json (once)" : `Installing what changed (${missing})`,
  );
  if (isFresh && tryNpm(["ci", "--ignore-scripts"], root, true).status === 0) return;
  npm(["install", "--ignore-scripts", "--no-save"], root);
}

/**
 * The first package that is not installed as the lockfile says, or undefined.
 * npm writes `node_modules/.package-lock.json` as the last step of an install, so one cut short is seen too.
 */
function firstMissing(root) {
  const wanted = lockedPackages(join(root, "package-lock.json"));
  const installed = lockedPackages(join(root, "node_modules", ".package-lock.json"));
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.startsWith("node_modules/") || entry.link === true || entry.optional === true) continue;
    if (installed[path]?.version !== entry.version) return path.slice(path.lastIndexOf("node_modules/") + 13);
  }
  return undefined;
}

function lockedPackages(path) {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")).packages ?? {}) : {};
}
