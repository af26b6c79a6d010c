import { parseArgs } from "node:util";
import { run as build } from "./build.ts";
import { ensurePrograms } from "./test/programs.ts";

/** Kills the worker, the gateway and the socket and saves the app under a viewer's hands, `--times` times. */
export async function run(args: readonly string[] = []): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { times: { type: "string", default: "100" }, seed: { type: "string" } },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  await ensurePrograms();
  const code = await build();
  if (code !== 0) return code;
  const { fire } = await import("../tests/chaos/fire.ts");
  console.log(`seed ${seed}`);
  const { rounds, blows, problems } = await fire(Number(values.times), seed, (what) => console.error(what));
  const struck = Object.entries(blows).map(([blow, count]) => `${blow} ${count}`);
  console.log(
    `${rounds} rounds (${struck.join(", ")}); ${problems.length === 0 ? "nothing was lost" : `failed:\n${problems.join("\n")}`}`,
  );
  return problems.length === 0 ? 0 : 1;
}
