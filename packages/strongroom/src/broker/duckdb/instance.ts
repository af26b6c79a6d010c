import { existsSync, linkSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import type * as duckdb from "@duckdb/node-api";
import type { DuckDBInstance } from "@duckdb/node-api";
import { BrokerError } from "../errors.ts";
import type { FileSettings } from "../settings.ts";
import { wordsOf } from "./errors.ts";

export type DuckDB = typeof duckdb;

/** Memory and processors of one connection; it ends queries that need more. */
const memory = "1GB";
const mostThreads = 4;

/** The database, made from its seed where it is not there, and locked. */
export async function openInstance(duckdb: DuckDB, settings: FileSettings): Promise<DuckDBInstance> {
  const { path, seed, write } = settings;
  try {
    if (path !== undefined && seed !== undefined && !existsSync(path)) await makeFromSeed(duckdb, path, seed);
    if (path !== undefined && write) mkdirSync(dirname(path), { recursive: true });
    const instance = await duckdb.DuckDBInstance.create(path ?? ":memory:", {
      ...(path !== undefined && !write ? { access_mode: "READ_ONLY" } : {}),
      threads: String(Math.min(mostThreads, availableParallelism())),
      memory_limit: memory,
    });
    if (path === undefined && seed !== undefined) await runSeed(instance, seed);
    await lock(instance, settings);
    return instance;
  } catch (error) {
    if (error instanceof BrokerError) throw error;
    throw failed("The database could not be opened", error, "`path`");
  }
}

/** In this order: what comes later takes away the right to do what comes before. */
async function lock(instance: DuckDBInstance, { files }: FileSettings): Promise<void> {
  const connection = await instance.connect();
  const folders = files.map((folder) => `'${folder.replaceAll("'", "''").replace(/\/*$/, "/")}'`);
  for (const text of [
    "set global TimeZone = 'UTC'",
    "set temp_directory = ''",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set allow_community_extensions = false",
    `set allowed_directories = [${folders.join()}]`,
    "set enable_external_access = false",
    "set lock_configuration = true",
  ])
    await connection.run(text);
  connection.closeSync();
}

/** Makes a database whole or not at all, and never over one that is there by then. */
async function makeFromSeed(duckdb: DuckDB, path: string, seed: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.new`;
  try {
    const instance = await duckdb.DuckDBInstance.create(unfinished);
    try {
      await runSeed(instance, seed);
    } finally {
      instance.closeSync();
    }
    if (!existsSync(path)) linkSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
    rmSync(`${unfinished}.wal`, { force: true });
  }
}

async function runSeed(instance: DuckDBInstance, seed: string): Promise<void> {
  const connection = await instance.connect();
  try {
    await connection.run(readFileSync(seed, "utf8"));
  } catch (error) {
    throw failed("The database could not be made from its seed", error, "`seed`");
  } finally {
    connection.closeSync();
  }
}

function failed(what: string, error: unknown, key: string): BrokerError {
  const text = error instanceof Error ? error.message : "";
  const reason = text.startsWith("ENOENT") ? "the file does not exist" : wordsOf(text);
  return new BrokerError(
    "ERR_CONNECTION_FAILED",
    `${what} (${reason}). Check ${key} in its [connections] section, and that the server may read it.`,
    { cause: error },
  );
}
