// The door of every npm script. Plain JavaScript without packages: it must run on a fresh clone, with any Node from 18 on.
// It finds or fetches Node 24, installs what is missing, and hands over to the task.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { nodeFor, isNewEnough } from "./bootstrap/node.mjs";
import { installMissing } from "./bootstrap/install.mjs";
import { runToEnd } from "./bootstrap/run.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Task → the TypeScript file that does it. Each exports `run(args, from)`, which answers the exit code; `from` is the caller's folder. */
const tasks = {
  bench: "tools/bench.ts",
  build: "tools/build.ts",
  chaos: "tools/chaos.ts",
  check: "tools/check.ts",
  format: "tools/format.ts",
  fuzz: "tools/fuzz.ts",
  mutations: "tools/mutations.ts",
  "new-element": "tools/new-element.ts",
  offline: "tools/offline.ts",
  pictures: "tools/pictures.ts",
  reference: "tools/reference.ts",
  sbom: "tools/sbom.ts",
  start: "tools/start.ts",
  strongroom: "tools/strongroom.ts",
  test: "tools/test.ts",
};

async function main([name, ...args]) {
  const file = tasks[name];
  if (file === undefined) {
    console.error(`Which task? One of: ${Object.keys(tasks).join(", ")}.`);
    return 2;
  }
  if (!isNewEnough(process.version)) {
    return runToEnd(nodeFor(root), [fileURLToPath(import.meta.url), name, ...args]);
  }
  installMissing(root);
  const path = join(root, file);
  if (!existsSync(path)) {
    console.error(`The task "${name}" is not written yet (${file}).`);
    return 2;
  }
  const from = process.cwd();
  process.chdir(root);
  const task = await import(pathToFileURL(path).href);
  return task.run(args, from);
}

process.exitCode = await main(process.argv.slice(2));
