import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findChromium } from "../../tests/chromium.ts";
import { runToEnd } from "../bootstrap/run.mjs";
import { root } from "../paths.ts";

/** Installs the programs that tests drive: a browser, and on Linux the sandbox of workers and what opens sealed secrets. */
export async function ensurePrograms(): Promise<void> {
  const missing = [
    ...(findChromium() === undefined ? ["chromium"] : []),
    ...(process.platform === "linux" && !isOnPath("bwrap") ? ["bubblewrap"] : []),
    ...(process.platform === "linux" && !isOnPath("sqlmap") ? ["sqlmap"] : []),
    ...(process.platform === "linux" && !isOnPath("age") ? ["age"] : []),
  ];
  if (missing.length === 0) return;
  if (isOnPath("apt-get") && process.getuid?.() === 0) return installByApt(missing);
  if (missing.includes("bubblewrap"))
    console.error("bubblewrap is not installed: the tests of the sandbox will say so");
  if (missing.includes("sqlmap"))
    console.error("sqlmap is not installed: the tests that need it will say so");
  if (!missing.includes("chromium")) return;
  console.error("Fetching Chromium (once)");
  const code = await runToEnd(
    process.execPath,
    ["node_modules/playwright-core/cli.js", "install", "chromium"],
    root,
  );
  if (code !== 0)
    throw new Error(
      "Chromium could not be fetched. Install it (Debian: apt-get install chromium) and try again.",
    );
}

function installByApt(packages: readonly string[]): void {
  console.error(`Installing ${packages.join(" and ")} by apt-get (once)`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", ...packages],
  ]) {
    const { status } = spawnSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] });
    if (status !== 0) throw new Error(`apt-get ${args[0]} failed (exit code ${status}).`);
  }
}

export function isOnPath(name: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, name)));
}
