import { readFileSync, readdirSync } from "node:fs";

/** The program in a cell, seen from outside: the only child of the cell's first process. */
export function programOf(first: number): number | undefined {
  try {
    const [child] = readFileSync(`/proc/${first}/task/${first}/children`, "utf8").split(" ");
    return child === undefined || child === "" ? undefined : Number(child);
  } catch {
    return childByScan(first); // kernels are built without that list, too
  }
}

function childByScan(parent: number): number | undefined {
  const found = readdirSync("/proc").find((name) => /^\d+$/.test(name) && parentOf(name) === parent);
  return found === undefined ? undefined : Number(found);
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined; // it ended while we looked
  }
}
