#!/usr/bin/env node
// Plain JavaScript that any Node runs: it finds one that is new enough for all the rest.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Closes the inspector's door (a signal would open it) and `__proto__`, where another Node is started anyway. */
const NODE_FLAGS = ["--disable-sigusr1", "--disable-proto=delete"];
const main = new URL("../dist/start/main.js", import.meta.url);
const self = fileURLToPath(import.meta.url);
// In the repository of Strongroom this door builds what is missing. Installed from npm, nothing stands here.
const repositoryDoor = fileURLToPath(new URL("../../../tools/bootstrap.mjs", import.meta.url));

const isNewEnough = (version) => {
  const [major, minor] = version.replace(/^v/, "").split(".").map(Number);
  return major > 24 || (major === 24 && minor >= 21);
};

const isGoodNode = (candidate) => {
  const { status, stdout } = spawnSync(candidate, ["--version"], { encoding: "utf8" });
  return status === 0 && isNewEnough(stdout.trim());
};

function runInstead(node, args) {
  const child = spawn(node, args, { stdio: "inherit" });
  process.on("SIGINT", () => {}); // the terminal asks the child too, which ends in its own way
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGHUP"));
  child.once("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
}

const args = process.argv.slice(2);
if (isNewEnough(process.version) && existsSync(main)) {
  await import(main.href);
} else if (existsSync(repositoryDoor)) {
  runInstead(process.execPath, [repositoryDoor, "strongroom", ...args]);
} else {
  const node = [process.env["NODE24"], "node24"].find((candidate) => candidate && isGoodNode(candidate));
  if (node !== undefined) runInstead(node, [...NODE_FLAGS, self, ...args]);
  else {
    console.error(`Strongroom needs Node 24.21 or newer; this is ${process.version}.
Get it from https://nodejs.org, or name one that is installed: NODE24=/path/to/node strongroom …`);
    process.exitCode = 1;
  }
}
