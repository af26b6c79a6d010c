import { join } from "node:path";
import { Bench, problemOf, type Outcome } from "../tests/mutations/bench.ts";
import { guards } from "../tests/mutations/guards.ts";
import type { Mutation } from "../tests/mutations/mutation.ts";
import { run as build } from "./build.ts";
import { root } from "./paths.ts";

/**
 * Switches off one guard after the other in a copy of the repository, and demands that a test fails each time. Arguments
 * choose guards by a part of their name or file.
 */
export async function run(parts: readonly string[] = []): Promise<number> {
  const chosen = guards.filter(
    ({ guard, file }) => parts.length === 0 || parts.some((part) => `${file} ${guard}`.includes(part)),
  );
  const problems = chosen.flatMap((mutation) => {
    const problem = problemOf(mutation);
    return problem === undefined ? [] : [`${mutation.guard}: ${problem}`];
  });
  if (problems.length > 0 || chosen.length === 0) {
    console.error(problems.join("\n") || "No guard is called so.");
    return 1;
  }
  if ((await build()) !== 0) return 1;
  using bench = new Bench(join(root, ".cache", "mutations"));
  const wrong = await bench.green([...new Set(chosen.flatMap(({ tests }) => tests))]);
  if (wrong !== undefined) {
    console.error(`${wrong}\n\nThe tests were expected to pass while every guard is on.`);
    return 1;
  }
  let failed = 0;
  for (const mutation of chosen) {
    const outcome = await bench.try(mutation);
    if (outcome.kind !== "red") failed++;
    console.log(lineOf(mutation, outcome));
  }
  console.log(`\n${chosen.length} guards were switched off; ${failed} times no test failed`);
  return failed === 0 ? 0 : 1;
}

function lineOf({ guard, file }: Mutation, outcome: Outcome): string {
  switch (outcome.kind) {
    case "red":
      return `red       ${guard} (${file}), by ${outcome.by}`;
    case "survived":
      return `SURVIVED  ${guard} (${file})`;
    case "broken":
      return `BROKEN    ${guard} (${file})\n${outcome.output.slice(-2_000)}`;
  }
}
