import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** Servers refuse to run as root: who may, runs them as nobody. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** A folder of a server's own, which only it may enter. */
export function serverFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `strongroom-${name}-`));
  give(folder);
  return folder;
}

/** A copy of a file, the server's own. */
export function placeIn(folder: string, path: string): string {
  const copy = join(folder, basename(path));
  copyFileSync(path, copy);
  chmodSync(copy, 0o600);
  give(copy);
  return copy;
}

/** Makes a file the server's. */
export function give(path: string): void {
  if (isRoot) chownSync(path, nobody, nobody);
}

/** Where servers lie, for who is not root too. */
const env = { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin` };

function demoted(command: string, args: readonly string[]): [string, string[]] {
  if (!isRoot) return [command, [...args]];
  const ids = [`--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"];
  return ["setpriv", [...ids, "--pdeathsig=KILL", "--", command, ...args]];
}

/** Runs a program of a server's to its end. */
export function runDemoted(command: string, args: readonly string[], folder: string): void {
  const { status, stderr } = spawnSync(...demoted(command, args), { cwd: folder, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
}

/** A server's process. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly words: string[];
  readonly ended: Promise<void>;
}

export function startDemoted(command: string, args: readonly string[], folder: string): ServerProcess {
  const child = spawn(...demoted(command, args), { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
  const words: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (text: string) => words.push(text));
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  return { child, words, ended };
}

/** Ends a server by its own process, and its folder with it. */
export async function stop({ child, ended }: ServerProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(timer);
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Asks until the answer is yes, or the server has ended. */
export async function untilReady(
  { ended, words }: ServerProcess,
  isReady: () => Promise<boolean>,
): Promise<void> {
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  while (!(await isReady())) {
    if (hasEnded) throw new Error(`The server ended before it was ready: ${words.join("").slice(-2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
