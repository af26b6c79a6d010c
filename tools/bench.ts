import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run as build } from "./build.ts";
import { root } from "./paths.ts";
import { ensurePrograms } from "./test/programs.ts";

/** Measures beside the floor and beside Streamlit in one run, and writes `bench/results.md` and `.json`. `--quick` takes under two minutes. */
export async function run(args: readonly string[] = []): Promise<number> {
  const isQuick = args.includes("--quick");
  await ensurePrograms();
  const code = await build();
  if (code !== 0) return code;
  const { measureAll } = await import("../tests/bench/measure-all.ts");
  const { figures, report } = await measureAll({ isQuick, say: (what) => console.error(what) });
  console.log(report);
  if (args.includes("--dry")) return 0;
  const folder = join(root, "bench");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "results.md"), report);
  writeFileSync(join(folder, "results.json"), `${JSON.stringify(figures, null, 2)}\n`);
  return 0;
}
