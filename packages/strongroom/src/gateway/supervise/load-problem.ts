import type { Fall } from "./worker-plan.ts";

/** Why the app could not be loaded, in words; nothing where it was not the app's doing, and loading is tried again. */
export function loadProblem({ why, place, ending }: Fall, maxBlockMs: number): string | undefined {
  const at = place === undefined ? "" : ` It was at ${place}.`;
  if (why === "blocked") {
    return `Loading the app took more than ${maxBlockMs / 1_000} s and was stopped.${at} Move what takes long out of the modules into the page's script.`;
  }
  if (why === "memory") return `Loading the app took more memory than runner.maxMemoryMb allows.${at}`;
  if (ending?.code === undefined || ending.code === null) return undefined;
  return `The app ended its own process while it was loaded (exit code ${ending.code}).`;
}
