import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { root } from "../paths.ts";

let known: readonly string[] | undefined;

/** Every file of the repository that git tracks or would add, by its path from the root. */
export function repositoryFiles(): readonly string[] {
  known ??= execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\0")
    .filter((path) => path !== "" && existsSync(path));
  return known;
}
