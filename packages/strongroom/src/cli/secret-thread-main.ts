/** The thread that reads secrets which are not all for the process that it belongs to. */
import { parentPort, workerData } from "node:worker_threads";
import { ConfigProblem } from "../config/problem.ts";
import { readAppSecrets, type SecretRequest } from "./read-app-secrets.ts";
import type { ThreadAnswer } from "./secret-thread.ts";

async function answer(): Promise<ThreadAnswer> {
  try {
    return { ok: true, found: await readAppSecrets(workerData as SecretRequest) }; // our own process gives it
  } catch (error) {
    if (error instanceof ConfigProblem) return { ok: false, problem: error.message };
    throw error;
  }
}

parentPort?.postMessage(await answer());
