import { spawn } from "node:child_process";
import { root } from "../paths.ts";

export interface Captured {
  readonly code: number;
  /** Both streams, in the order in which they came, without blank ends. */
  readonly output: string;
}

/** Runs a program to its end and answers its exit code and all that it printed. */
export function capture(
  command: string,
  args: readonly string[],
  { env = process.env, cwd = root }: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): Promise<Captured> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.stderr.on("data", (part: Buffer) => parts.push(part));
    child.once("error", reject);
    child.once("close", (code) =>
      resolve({ code: code ?? 1, output: Buffer.concat(parts).toString("utf8").trim() }),
    );
  });
}
