/** Files with secrets that somebody else could read are not read by us: the start says what mends it. */
import { existsSync, lstatSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ConfigProblem } from "../config/problem.ts";

/** What git would do with a file or a folder. */
export type Exposure = "none" | "tracked" | "not-ignored";
export type ExposureOf = (path: string) => Exposure;

/** The link by which an orchestrator changes all files of a folder at once; their modes are its business. */
export const orchestratorLink = "..data";

/** Stops the start where a file or a folder with secrets is open to others, or may be published. */
export function checkExposure(path: string, exposureOf: ExposureOf): void {
  if (!existsSync(path)) return;
  const isFolder = statSync(path).isDirectory();
  checkReaders(path, isFolder);
  const [folder, name] = [dirname(path), basename(path)];
  const ignore = `  echo ${quoted(isFolder ? `${name}/` : name)} >> ${quoted(join(folder, ".gitignore"))}\n`;
  switch (exposureOf(path)) {
    case "tracked":
      throw new ConfigProblem(
        `${path} is tracked by git: its secrets are published with the repository. Take it out, and change the secrets that were in it:\n\n` +
          `  git -C ${quoted(folder)} rm ${isFolder ? "-r " : ""}--cached --force ${quoted(name)}\n${ignore}`,
      );
    case "not-ignored":
      throw new ConfigProblem(
        `${path} is not ignored by git: the next commit could publish it. Ignore it:\n\n${ignore}`,
      );
    case "none":
  }
}

function checkReaders(path: string, isFolder: boolean): void {
  if (process.platform === "win32" || !isReachable(dirname(path))) return;
  if (!isFolder) {
    if (isOpen(path))
      throw new ConfigProblem(
        `${path} can be read by other users of this machine. Close it:\n\n  chmod 600 ${quoted(path)}\n`,
      );
    return;
  }
  if (existsSync(join(path, orchestratorLink)) || (statSync(path).mode & 0o011) === 0) return;
  const open = filesIn(path).find(isOpen);
  if (open !== undefined)
    throw new ConfigProblem(
      `${open} can be read by other users of this machine. Close the folder:\n\n  chmod -R go-rwx ${quoted(path)}\n`,
    );
}

/** True for a file that all may read, or a group that is not its owner's own. */
function isOpen(path: string): boolean {
  const { mode, uid, gid } = statSync(path);
  // Most systems give each user a group of the same number, with nobody else in it.
  return (mode & 0o004) !== 0 || ((mode & 0o040) !== 0 && gid !== uid);
}

/** True when all may go as far as this folder. */
function isReachable(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o011) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (lstatSync(path).isSymbolicLink() && !existsSync(path)) return [];
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

/** For a shell, where it needs quotes. */
export function quoted(path: string): string {
  return /^[\w./~@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
