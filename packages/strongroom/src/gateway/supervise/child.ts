import { spawn, type ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import { Socket } from "node:net";
import type { Readable } from "node:stream";
import { onlyChildOf } from "./only-child.ts";
import type { Launch } from "./launch.ts";

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How long its last words are waited for, in ms. */
const lastWordsMs = 100;

/** A child process and what leads to it. */
export interface Child {
  readonly socket: Socket;
  readonly output: Readable;
  readonly errors: Readable;
  /** The program itself; it is known once it has said its first word. */
  findPid(): number | undefined;
  readonly ended: Promise<Ending>;
  /** Ends it at once. */
  kill(): void;
}

/**
 * Starts a child with a socket at descriptor 3 and, where given, one of our files at 4; nothing else is open in it. It
 * has a session of its own: keys pressed in our terminal are ours to hear.
 */
export function startChild(launch: Launch, status: number | undefined): Child {
  const child = spawn(launch.command, launch.args, {
    cwd: launch.folder,
    env: { ...launch.env },
    stdio: ["ignore", "pipe", "pipe", "pipe", status ?? "ignore"],
    detached: true,
  });
  const ended = new Promise<Ending>((resolve) => {
    // What it said last is read before its end is told, if that comes soon.
    child.once("close", (code, signal) => resolve({ code, signal }));
    child.once("exit", (code, signal) => setTimeout(() => resolve({ code, signal }), lastWordsMs));
    child.once("error", () => resolve({ code: null, signal: null })); // it could not be started at all
  });
  const { stdout, stderr } = child;
  // The type promises all of them; a system that is out of descriptors gives none.
  const streams: readonly unknown[] | undefined = child.stdio;
  const socket = streams?.[3];
  if (!(socket instanceof Socket) || !stdout || !stderr)
    throw new Error("A child with a socket was expected.");
  const { scratch } = launch;
  void ended.then(() => {
    // A cell whose maker ended in the moment before it would end with it comes up, and hears by this that it is alone.
    socket.destroy();
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
  });
  const findPid = (): number | undefined => {
    if (child.pid === undefined || hasEnded(child)) return undefined;
    return launch.isCelled ? programInCell(child.pid) : child.pid;
  };
  return { socket, output: stdout, errors: stderr, findPid, ended, kill: () => killAll(child) };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/**
 * Ends a child and all that it has started so far: what bubblewrap makes belongs to its group at first, and only later
 * ends with it by itself.
 */
function killAll(child: ChildProcess): void {
  if (child.pid === undefined || hasEnded(child)) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL"); // the group is made by the child itself, in its first moment
  }
}

/** The program of a cell, seen from outside: bubblewrap makes the cell's first process, and that one the program. */
function programInCell(bubblewrap: number): number | undefined {
  const first = onlyChildOf(bubblewrap);
  return first === undefined ? undefined : onlyChildOf(first);
}
