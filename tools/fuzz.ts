import { parseArgs } from "node:util";
import { fuzz } from "../tests/hostile/fuzz/fuzz.ts";
import { run as build } from "./build.ts";

/** Sends `--times` malformed requests and frames to a running server, and says what became of it. */
export async function run(args: readonly string[] = []): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { times: { type: "string", default: "100000" }, seed: { type: "string" } },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const code = await build();
  if (code !== 0) return code;
  console.log(`seed ${seed}`);
  const report = await fuzz({
    times: Number(values.times),
    seed,
    isCalm: true,
    say: (what) => console.error(what),
  });
  const { sent, heard, problems, memoryMb, bystander } = report;
  const answers = [...heard]
    .map(([what, count]) => `${what}: ${count}`)
    .toSorted((a, b) => a.localeCompare(b));
  console.log(`${sent} sent; ${answers.join(", ")}`);
  console.log(`memory in MB: ${memoryMb.join(" ")}`);
  console.log(
    `the bystander had ${bystander.answers} answers, the slowest after ${Math.round(bystander.longestMs)} ms`,
  );
  console.log(problems.length === 0 ? "nothing failed" : `failed:\n${problems.join("\n")}`);
  return problems.length === 0 ? 0 : 1;
}
