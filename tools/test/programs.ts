import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findChromium } from "../../tests/chromium.ts";
import { runToEnd } from "../bootstrap/run.mjs";
import { root } from "../paths.ts";

/**
 * Installs the programs that tests drive: a browser, and on Linux the sandbox of workers, what opens sealed secrets, two
 * database servers, two proxies, what makes certificates, what
 * attacks them, and what sees packets.
 */
export async function ensurePrograms(): Promise<void> {
  const missing = [
    ...(findChromium() === undefined ? ["chromium"] : []),
    ...(process.platform === "linux" ? debianPackages.filter(([, isThere]) => !isThere()) : []).map(
      ([name]) => name,
    ),
  ];
  if (missing.length === 0) return;
  if (isOnPath("apt-get") && process.getuid?.() === 0) return installByApt(missing);
  for (const name of missing.filter((each) => each !== "chromium"))
    console.error(`${name} is not installed: the tests that need it will say so`);
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

const debianPackages: readonly (readonly [name: string, isThere: () => boolean])[] = [
  ["bubblewrap", () => isOnPath("bwrap")],
  ["age", () => isOnPath("age")],
  ["sqlmap", () => isOnPath("sqlmap")],
  ["openssl", () => isOnPath("openssl")],
  ["postgresql", () => existsSync("/usr/lib/postgresql") || isOnPath("initdb")],
  ["nginx", () => isOnPath("nginx")],
  ["caddy", () => isOnPath("caddy")],
  ["tcpdump", () => isOnPath("tcpdump")],
  ["iproute2", () => isOnPath("ip")],
  ["mariadb-server", () => isOnPath("mariadbd")],
  ["testssl.sh", () => isOnPath("testssl")],
];

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
  // Where servers lie, for who is not root too.
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin"];
  return folders.some((folder) => existsSync(join(folder, name)));
}
