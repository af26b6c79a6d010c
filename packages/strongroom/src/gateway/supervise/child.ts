import { spawn, type ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import { Socket } from "node:net";
import { Readable } from "node:stream";
import { infoDescriptor } from "./bubblewrap.ts";
import { programOf } from "./cell-pid.ts";
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
  /** The program itself; it is known at the latest when it says its first word. */
  findPid(): Promise<number | undefined>;
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
    stdio: ["ignore", "pipe", "pipe", "pipe", status ?? "ignore", launch.saysPid ? "pipe" : "ignore"],
    detached: true,
  });
  const ended = new Promise<Ending>((resolve) => {
    // What it said last is read before its end is told, if that comes soon.
    child.once("close", (code, signal) => resolve({ code, signal }));
    child.once("exit", (code, signal) => setTimeout(() => resolve({ code, signal }), lastWordsMs));
    child.once("error", () => resolve({ code: null, signal: null })); // it could not be started at all
  });
  const { scratch } = launch;
  if (scratch !== undefined) void ended.then(() => rmSync(scratch, { recursive: true, force: true }));
  const { stdout, stderr } = child;
  // The type promises all of them; a system that is out of descriptors gives none.
  const streams: readonly unknown[] | undefined = child.stdio;
  const socket = streams?.[3];
  if (!(socket instanceof Socket) || !stdout || !stderr)
    throw new Error("A child with a socket was expected.");
  const first = launch.saysPid ? pidSaid(child) : undefined;
  const findPid = async (): Promise<number | undefined> => {
    if (first === undefined) return child.pid;
    const pid = await first;
    return pid === undefined ? undefined : programOf(pid);
  };
  return { socket, output: stdout, errors: stderr, findPid, ended, kill: () => void child.kill("SIGKILL") };
}

/** Reads which process bubblewrap made first: all others of the cell end with it. */
function pidSaid(child: ChildProcess): Promise<number | undefined> {
  const streams: readonly unknown[] = child.stdio; // its type stops at 4
  const info = streams[infoDescriptor];
  if (!(info instanceof Readable)) return Promise.resolve(undefined);
  let text = "";
  return new Promise((resolve) => {
    info.setEncoding("utf8");
    info.on("data", (chunk: string) => (text += chunk));
    info.on("error", () => resolve(undefined));
    info.on("end", () => {
      const pid = /"child-pid": *(\d+)/.exec(text)?.[1];
      resolve(pid === undefined ? undefined : Number(pid));
    });
  });
}
