import { closeSync, readFileSync, readdirSync } from "node:fs";

const closeOnExec = 0o2000000;

/**
 * Closes what whoever started us left open for us and our children: workers would inherit it. Node marks its own
 * descriptors as ours alone, but of inherited ones only those below 17. To be called before anything else runs in
 * this process: what a thread opened meanwhile would be closed under its hands.
 */
export function closeInherited(): void {
  if (process.platform !== "linux") return;
  for (const name of readdirSync("/proc/self/fd")) {
    const descriptor = Number(name);
    if (descriptor > 2 && isInheritable(descriptor)) closeSync(descriptor);
  }
}

function isInheritable(descriptor: number): boolean {
  try {
    const info = readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8");
    const flags = /^flags:\s*([0-7]+)/m.exec(info)?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & closeOnExec) === 0;
  } catch {
    return false; // the one that read the list, closed by now
  }
}
