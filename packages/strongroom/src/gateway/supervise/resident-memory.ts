import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";

/** Resident memory of processes, in MB, by their number; a process that is gone is left out. */
export async function residentMb(pids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  return process.platform === "linux" ? fromProc(pids) : fromPs(pids);
}

function fromProc(pids: readonly number[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const pid of pids) {
    try {
      const kb = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
      if (kb !== undefined) found.set(pid, Number(kb) / 1_024);
    } catch {
      // It has ended: its exit is told elsewhere.
    }
  }
  return found;
}

function fromPs(pids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  return new Promise((resolve) => {
    execFile("ps", ["-o", "pid=,rss=", "-p", pids.join(",")], { timeout: 2_000 }, (_, text) => {
      const rows = text
        .trim()
        .split("\n")
        .map((line) => line.trim().split(/\s+/).map(Number));
      resolve(new Map(rows.map(([pid = 0, kb = 0]) => [pid, kb / 1_024])));
    });
  });
}
