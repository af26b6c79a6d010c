import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** How many builds stay on disk: a worker that is starting may still load an older one. */
const keptVersions = 6;

/** The files of one build, by name. */
export type BuildFiles = ReadonlyMap<string, string>;

/** Writes a build under a name made of its content, so that the same content is the same version. */
export function writeBuild(buildFolder: string, files: BuildFiles): { version: string; folder: string } {
  const version = versionOf(files);
  const folder = join(buildFolder, version);
  if (existsSync(folder)) {
    const now = new Date();
    utimesSync(folder, now, now);
  } else {
    writeWhole(folder, files);
  }
  removeOld(buildFolder, version);
  return { version, folder };
}

function versionOf(files: BuildFiles): string {
  const hash = createHash("sha256");
  for (const [name, text] of files) hash.update(`${name}\0${text.length}\0${text}`);
  return hash.digest("hex").slice(0, 16);
}

/** A folder stands under its name only once all of it is written. */
function writeWhole(folder: string, files: BuildFiles): void {
  const draft = `${folder}.${process.pid}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o755 });
  try {
    for (const [name, text] of files) writeFileSync(join(draft, name), text);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // another server of the same app wrote the same version first
  }
}

function removeOld(buildFolder: string, current: string): void {
  const ages = readdirSync(buildFolder)
    .filter((name) => name !== current && /^[0-9a-f]{16}$/.test(name))
    .map((name) => ({
      name,
      age: statSync(join(buildFolder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    }))
    .sort((a, b) => b.age - a.age);
  for (const { name } of ages.slice(keptVersions - 1))
    rmSync(join(buildFolder, name), { recursive: true, force: true });
}
