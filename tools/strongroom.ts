import { join } from "node:path";
import { run as build } from "./build.ts";
import { runToEnd } from "./bootstrap/run.mjs";
import { packageRoot } from "./paths.ts";

/** The command line of the package as it stands in this repository, built first. */
export async function run(args: readonly string[], from: string): Promise<number> {
  const code = await build();
  if (code !== 0) return code;
  return runToEnd(process.execPath, [join(packageRoot, "bin", "strongroom.mjs"), ...args], from);
}
