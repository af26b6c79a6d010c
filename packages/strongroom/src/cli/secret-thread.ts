import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { ConfigProblem } from "../config/problem.ts";
import { secretSources } from "../secrets/sources.ts";
import { readAppSecrets, type FoundSecrets, type SecretRequest } from "./read-app-secrets.ts";

/** What the thread answers. */
export type ThreadAnswer =
  | { readonly ok: true; readonly found: FoundSecrets }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads the secrets. Where connections may have some, this is done in a thread: its memory goes with it, and this process,
 * which faces the network, never has a database's password in its own.
 */
export async function findSecrets(request: SecretRequest): Promise<FoundSecrets> {
  if (!mayHoldConnections(request)) return readAppSecrets(request);
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const file = fileURLToPath(new URL(`./secret-thread-main.${extension}`, import.meta.url));
  const thread = new Worker(file, { workerData: request, execArgv: [], env: {} });
  const answer = await new Promise<ThreadAnswer>((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", () =>
      reject(new Error("The thread that reads the secrets ended without an answer.")),
    );
  });
  await thread.terminate();
  if (!answer.ok) throw new ConfigProblem(answer.problem);
  return answer.found;
}

/** Looked for in bytes, which are wiped: a text would stay in memory for as long as any part of it is used. */
function mayHoldConnections(request: SecretRequest): boolean {
  return secretSources(request).some(({ path, kind }) => {
    if (!existsSync(path)) return false;
    if (kind !== "toml") return true;
    const bytes = readFileSync(path);
    const found = bytes.includes("connections");
    bytes.fill(0);
    return found;
  });
}
