import { readFileSync } from "node:fs";

/**
 * For how long a process was ready to run and had no processor, since it began, in ms (Linux,
 * Documentation/scheduler/sched-stats.rst: the second number). Nothing where the system does not say.
 */
export function starvedMs(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const waitedNs = Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[1]);
    return Number.isFinite(waitedNs) ? waitedNs / 1_000_000 : undefined;
  } catch {
    return undefined; // the system keeps no such numbers, or the process is gone
  }
}
