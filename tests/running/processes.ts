import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { createInterface } from "node:readline";

/** A program under measurement; it and all it started are stopped at the end of the scope. */
export interface Program {
  readonly child: ChildProcess;
  readonly pid: number;
  /** The first line of its output that a pattern fits. */
  readonly line: (pattern: RegExp, withinMs?: number) => Promise<RegExpMatchArray>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface Starting {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The core that it and its children are held to. */
  readonly core?: number;
}

const canPin = process.platform === "linux" && spawnSync("taskset", ["-p", "1"]).status === 0;

export function start(command: string, args: readonly string[], { cwd, env, core }: Starting = {}): Program {
  const pinned = core !== undefined && canPin;
  const child = spawn(
    pinned ? "taskset" : command,
    pinned ? ["-c", String(core), command, ...args] : [...args],
    {
      cwd,
      env: env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const seen: string[] = [];
  const listeners = new Set<(text: string) => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (text) => {
      seen.push(text);
      for (const listener of listeners) listener(text);
    });
  }
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    child,
    pid: child.pid ?? 0,
    line: (pattern, withinMs = 60_000) => firstLine({ seen, listeners, ended, pattern, withinMs }),
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

interface Waiting {
  readonly seen: readonly string[];
  readonly listeners: Set<(text: string) => void>;
  readonly ended: Promise<void>;
  readonly pattern: RegExp;
  readonly withinMs: number;
}

function firstLine({ seen, listeners, ended, pattern, withinMs }: Waiting): Promise<RegExpMatchArray> {
  const past = seen.map((text) => text.match(pattern)).find((match) => match !== null);
  if (past !== undefined && past !== null) return Promise.resolve(past);
  return new Promise((resolve, reject) => {
    const fail = (why: string): void =>
      reject(new Error(`${why} before ${String(pattern)}:\n${seen.slice(-20).join("\n")}`));
    const timer = setTimeout(() => fail(`${withinMs} ms passed`), withinMs);
    const listener = (text: string): void => {
      const match = text.match(pattern);
      if (match === null) return;
      clearTimeout(timer);
      listeners.delete(listener);
      resolve(match);
    };
    listeners.add(listener);
    void ended.then(() => fail("It ended"));
  });
}

/** A process and all that it started, first to last. */
export function treeOf(pid: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(statOf(Number(name))?.[1] ?? -1);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const all = [pid];
  for (const one of all) all.push(...(children.get(one) ?? []));
  return all;
}

/** Busiest first: the one that holds sessions, before the spare. */
export function workersOf(pid: number): readonly number[] {
  const busy = (one: number): number => {
    const stat = statOf(one);
    return stat === undefined ? 0 : Number(stat[11]) + Number(stat[12]);
  };
  return treeOf(pid)
    .filter((one) => {
      const [program, ...words] = commandOf(one);
      return program?.endsWith("node") === true && words.some((word) => word.includes("worker-main"));
    })
    .toSorted((a, b) => busy(b) - busy(a));
}

/** True for a process that still does something: one that ended may wait to be counted. */
export function isLiving(pid: number): boolean {
  const state = statOf(pid)?.[0];
  return state !== undefined && state !== "Z" && state !== "X";
}

/** The words that a process was started with; none where it has ended. */
export function commandOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return []; // it ended while we looked
  }
}

/** The fields after the name in /proc/PID/stat: state, parent, … */
function statOf(pid: number): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined; // it ended while we looked
  }
}

/** Processor time of a process and its children so far, in µs. Counted in ticks of 10 ms: measure long. */
export function cpuMicros(pid: number): number {
  let ticks = 0;
  for (const one of treeOf(pid)) {
    const stat = statOf(one);
    if (stat !== undefined) ticks += Number(stat[11]) + Number(stat[12]);
  }
  return ticks * 10_000;
}

/** Resident memory of a process and its children, in bytes; shared pages count for each. */
export function residentBytes(pid: number): number {
  return treeOf(pid).reduce((sum, one) => sum + residentOf(one), 0);
}

/** Resident memory of one process, in bytes; 0 where it has ended. */
export function residentOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4_096;
  } catch {
    return 0; // it ended while we looked
  }
}

export function machineName(): string {
  const [cpu] = cpus();
  return `${cpu?.model ?? "unknown processor"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
