import { existsSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { tsc } from "../run/tsc.ts";
import { writeEmoji } from "./emoji.ts";
import { writeMaths } from "./maths.ts";
import { filesBelow } from "./stamp.ts";
import { bundleStarts } from "./starts.ts";

/** Compiles what runs in Node into `dist`: files beside files, and what starts in few. Answers what is wrong with them. */
export async function buildServer(packageRoot: string): Promise<readonly string[]> {
  const { code, output } = await tsc(["-p", join(packageRoot, "tsconfig.server.json")]);
  removeOrphans(packageRoot);
  writeEmoji(packageRoot);
  await writeMaths(packageRoot);
  if (code !== 0) return [output];
  await bundleStarts(packageRoot);
  return [];
}

/** Removes what was compiled from sources that are gone: a stale file would still be found by an import. */
function removeOrphans(packageRoot: string): void {
  const dist = join(packageRoot, "dist");
  if (!existsSync(dist)) return;
  for (const file of filesBelow(dist)) {
    const path = relative(dist, file);
    const source = path.replace(/(\.d)?\.[jt]s$/, ".ts");
    if (source === path || path.startsWith("browser") || path.startsWith("start")) continue;
    if (!existsSync(join(packageRoot, "src", source))) rmSync(file);
  }
}
