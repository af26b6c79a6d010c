import { spawnSync } from "node:child_process";

/** Runs npm quietly and throws when it fails. Inside an npm script it is the same npm that started us. */
export function npm(args, cwd) {
  const { error, status } = tryNpm(args, cwd);
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`npm ${args[0]} failed (exit code ${status}).`);
}

/** Runs npm and answers how it ended. Quiet: not even its errors are shown. */
export function tryNpm(args, cwd, quiet = false) {
  const all = [...args, "--no-audit", "--no-fund", "--loglevel=error"];
  const own = process.env["npm_execpath"];
  const stdio = ["ignore", "ignore", quiet ? "ignore" : "inherit"];
  if (own !== undefined && own.endsWith("npm-cli.js"))
    return spawnSync(process.execPath, [own, ...all], { cwd, stdio });
  // Windows starts `.cmd` files by the shell only; the arguments are ours and hold no spaces but for `cwd`.
  return spawnSync("npm", all, { cwd, stdio, shell: process.platform === "win32" });
}
