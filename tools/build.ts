import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./paths.ts";
import { fingerprint, isStamped, stamp } from "./build/stamp.ts";

interface Part {
  readonly name: string;
  readonly sources: readonly string[];
  /** Answers what is wrong, or nothing. */
  readonly build: () => Promise<readonly string[]>;
}

const dist = join(packageRoot, "dist");

const parts: readonly Part[] = [
  {
    name: "server",
    sources: [
      "src",
      "tsconfig.server.json",
      "../../tsconfig.base.json",
      "../../package-lock.json",
      "../../tools/build",
    ],
    build: async () => (await import("./build/server.ts")).buildServer(packageRoot),
  },
  {
    name: "browser",
    sources: ["src/browser", "src/elements", "src/wire", "../../package-lock.json", "../../tools/build"],
    build: async () => (await import("./build/browser.ts")).buildBrowser(packageRoot),
  },
];

/** Builds what is older than its sources; a build of nothing costs one look at each source's date. */
export async function run(args: readonly string[] = []): Promise<number> {
  const forced = args.includes("--force");
  const outcomes = await Promise.all(parts.map((part) => buildPart(part, forced)));
  return outcomes.every(Boolean) ? 0 : 1;
}

async function buildPart(part: Part, forced: boolean): Promise<boolean> {
  const sources = part.sources.map((path) => join(packageRoot, path)).filter((path) => existsSync(path));
  const print = fingerprint(sources);
  const stampFile = join(dist, `.${part.name}.stamp`);
  if (!forced && isStamped(stampFile, print)) return true;
  const start = performance.now();
  const problems = await part.build();
  for (const problem of problems) console.error(`${part.name}: ${problem.trim()}`);
  if (problems.length > 0) return false;
  stamp(stampFile, print);
  console.error(`built ${part.name} in ${Math.round(performance.now() - start)} ms`);
  return true;
}
