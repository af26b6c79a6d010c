import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A short text that changes when a file below these paths is added, removed, renamed or saved. */
export function fingerprint(paths: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of filesBelow(path)) {
      const { mtimeMs, size } = statSync(file);
      hash.update(`${file}\0${mtimeMs}\0${size}\n`);
    }
  }
  return hash.digest("hex");
}

/** Every file at or below a path, in one order on every machine. */
export function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** True when the last build that ended well was of this fingerprint. */
export function isStamped(file: string, print: string): boolean {
  try {
    return readFileSync(file, "utf8") === print;
  } catch {
    return false; // no stamp: never built, or dist was removed
  }
}

export function stamp(file: string, print: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, print);
}
