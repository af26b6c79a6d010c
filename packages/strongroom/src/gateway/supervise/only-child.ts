import { readFileSync, readdirSync } from "node:fs";

/** The only child of a process; nothing where it has none, or is gone. */
export function onlyChildOf(parent: number): number | undefined {
  try {
    const [child] = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").split(" ");
    return child === undefined || child === "" ? undefined : Number(child);
  } catch {
    return childByScan(parent); // kernels are built without that list, too
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
