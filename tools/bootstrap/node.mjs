import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { npm } from "./npm.mjs";

/** The line of Node that was measured; `engines` of the package says the same. */
export const nodeVersion = "24.21.0";

/** True for a version of Node that runs our TypeScript and has what the gateway needs. */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = nodeVersion.split(".").map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** The path of a Node that is new enough: one that stands on this machine, else one fetched into `.cache`. */
export function nodeFor(root) {
  const cached = join(root, ".cache", "node24");
  const binary = join(
    cached,
    "node_modules",
    packageName(),
    process.platform === "win32" ? "bin/node.exe" : "bin/node",
  );
  for (const candidate of [process.env["NODE24"], binary, "node24"]) {
    if (candidate !== undefined && answers(candidate)) return candidate;
  }
  fetchNode(cached);
  if (!answers(binary))
    throw new Error(
      `Node ${nodeVersion} did not start (${binary}). Install Node ${nodeVersion} or newer and try again.`,
    );
  return binary;
}

function answers(candidate) {
  if (candidate.includes("/") && !existsSync(candidate)) return false;
  const { status, stdout } = spawnSync(candidate, ["--version"], { encoding: "utf8" });
  return status === 0 && isNewEnough(stdout.trim());
}

function fetchNode(cached) {
  console.error(
    `Node ${process.version} is older than ${nodeVersion}: fetching that into .cache (once, about 190 MB unpacked)`,
  );
  mkdirSync(cached, { recursive: true });
  npm(
    [
      "install",
      "--ignore-scripts",
      "--no-save",
      "--no-package-lock",
      "--prefix",
      cached,
      `${packageName()}@${nodeVersion}`,
    ],
    cached,
  );
}

/** npm's packages of Node hold the binary itself and have no scripts. */
function packageName() {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const known = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win-x64"];
  const name = `${platform}-${process.arch}`;
  if (!known.includes(name))
    throw new Error(`Install Node ${nodeVersion} or newer: npm has no package of it for ${name}.`);
  return `node-${name}`;
}
