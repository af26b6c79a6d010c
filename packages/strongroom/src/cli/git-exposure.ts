import { spawnSync } from "node:child_process";
import { basename, dirname } from "node:path";
import type { Exposure } from "../secrets/exposure.ts";

/**
 * Asks git what it would do with a file. Where there is no git, or no repository, nothing is published.
 * The repository is not trusted: its own settings could name programs, and the one that git runs on its own is off.
 */
export function gitExposure(file: string): Exposure {
  // Inside a hook, git names its own repository in the environment: here the file's counts.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
  const git = (...args: readonly string[]): number | null => {
    const always = ["-c", "core.fsmonitor=false", "-c", "safe.directory=*", "-C", dirname(file)];
    return spawnSync("git", [...always, ...args], { stdio: "ignore", timeout: 10_000, env }).status;
  };
  if (git("rev-parse", "--is-inside-work-tree") !== 0) return "none";
  if (git("ls-files", "--error-unmatch", "--", basename(file)) === 0) return "tracked";
  return git("check-ignore", "--quiet", "--", basename(file)) === 0 ? "none" : "not-ignored";
}
