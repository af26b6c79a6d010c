import { chmodSync, existsSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigProblem } from "../config/problem.ts";

/** Where that folder is, made or not. */
export function stateFolderOf(appFolder: string): string {
  return join(appFolder, ".strongroom", "state");
}

/** The folder of what we keep of an app: made on demand, closed to others, never part of a repository. */
export function stateFolder(appFolder: string): string {
  const folder = stateFolderOf(appFolder);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    const ignore = join(folder, ".gitignore");
    if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new ConfigProblem(
      `${folder} cannot be written (${code}). Strongroom keeps sessions and compiled pages there.`,
      { cause: error },
    );
  }
  return realpathSync(folder);
}
