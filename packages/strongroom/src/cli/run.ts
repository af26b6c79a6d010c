import { homedir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import { checkAccess, isLoopback } from "../config/access.ts";
import { loadConfig } from "../config/load.ts";
import type { Config } from "../config/options.ts";
import { ConfigProblem } from "../config/problem.ts";
import { gatewayDefaults } from "../gateway/options.ts";
import type { Pool, PoolOptions } from "../gateway/supervise/pool-types.ts";
import { maskOf } from "../secrets/mask.ts";
import { readSecrets, type SecretValues } from "../secrets/read-secrets.ts";
import { appTarget } from "./app-target.ts";
import { readArguments } from "./arguments.ts";
import { configFlags, configSwitches, flagValues } from "./config-flags.ts";
import { gatewaySettings } from "./gateway-settings.ts";
import { gitExposure } from "./git-exposure.ts";
import { stateFolder } from "./state-folder.ts";
import { stopSignal } from "./stop-signal.ts";
import { startLog } from "./terminal-log.ts";

/** Serves an app until it is told to stop. */
export async function run(args: readonly string[]): Promise<number> {
  const { options, config } = prepare(args);
  const stopping = stopSignal();
  const { startPool } = await import("../gateway/supervise/pool.ts");
  const launched = Promise.withResolvers<void>();
  const starting = startPool({ ...options, launched: launched.resolve });
  // First the processes, then what would delay them: the gateway is loaded while they start.
  await Promise.race([launched.promise, starting]);
  const [pool, { openStore, startGateway }] = await Promise.all([starting, loadGateway()]);
  try {
    // Where nobody edits, a page that only says what is wrong helps nobody.
    if (pool.problem !== undefined && !options.editing) throw new ConfigProblem(pool.problem);
    const store = openStore(options.stateFolder, options.log);
    const settings = gatewaySettings(config, options.appFolder, options.editing);
    const gateway = await startGateway({ ...settings, pool, store, log: options.log });
    tellProblems(pool);
    console.log(`sandbox ${pool.sandbox}`);
    console.log(`ready ${gateway.url}`);
    await stopping;
    await gateway.stop();
    await store.close();
  } finally {
    await pool.stop();
  }
  return 0;
}

/** Reads everything that can be wrong before anything is started. */
function prepare(args: readonly string[]): { options: PoolOptions; config: Config } {
  const given = readArguments(args, { words: 1, values: configFlags, switches: configSwitches });
  const flags = flagValues(given);
  const { folder: appFolder, script } = appTarget(given.words[0]);
  const home = homedir();
  const { config } = loadConfig({ appFolder, home, environment: process.env, flags });
  const secrets = readSecrets({ appFolder, home, exposureOf: gitExposure });
  checkAccess(config, Object.keys(secrets.auth).length > 0);
  const editing =
    config.server.editing === "auto" ? isLoopback(config.server.host) : config.server.editing === "on";
  const { forAuthors, auth } = secrets;
  const log = startLog(config.log, maskOf({ forAuthors, auth, connections: secrets.connections }), editing);
  const connections = connectionsOf(config, secrets);
  const options = {
    appFolder,
    script,
    stateFolder: stateFolder(appFolder),
    editing,
    config,
    secrets: forAuthors,
    connections,
    log,
  };
  return { options, config };
}

/** What is known of each connection: its settings, and over them its secrets. */
function connectionsOf({ connections }: Config, secrets: SecretValues): Readonly<Record<string, unknown>> {
  const names = new Set([...Object.keys(connections), ...Object.keys(secrets.connections)]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      { ...(connections[name] as object | undefined), ...secrets.connections[name] },
    ]),
  );
}

async function loadGateway() {
  const [{ startGateway }, { sqliteStore }, { readOrMakeKey }] = await Promise.all([
    import("../gateway/gateway.ts"),
    import("../gateway/store/sqlite-store.ts"),
    import("../gateway/store/key-file.ts"),
    loadRenderer(),
  ]);
  const openStore = (folder: string, log: Logger) =>
    sqliteStore(join(folder, "sessions.db"), readOrMakeKey(join(folder, "key")), { log });
  return { openStore, startGateway };
}

/** Has the largest part of the gateway in memory when it asks for it. */
async function loadRenderer(): Promise<void> {
  try {
    await import(new URL("render.js", gatewayDefaults.browserFolder).href);
  } catch {
    // The gateway, which needs it, says what is wrong.
  }
}

/** Prints why the app does not compile or load, now and after each save. */
function tellProblems(pool: Pool): void {
  const tell = (problem: string | undefined): void => {
    if (problem === undefined) console.log("The app runs again.");
    else console.error(`\n${problem}\n`);
  };
  if (pool.problem !== undefined) tell(pool.problem);
  pool.onProblem(tell);
}
