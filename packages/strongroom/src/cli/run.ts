import { homedir } from "node:os";
import { checkAccess, isLoopback } from "../config/access.ts";
import { loadConfig } from "../config/load.ts";
import type { Config } from "../config/options.ts";
import { ConfigProblem } from "../config/problem.ts";
import { maskOf } from "../secrets/mask.ts";
import { readSecrets, type SecretValues } from "../secrets/read-secrets.ts";
import { appTarget } from "./app-target.ts";
import { readArguments } from "./arguments.ts";
import { configFlags, configSwitches, flagValues } from "./config-flags.ts";
import { gitExposure } from "./git-exposure.ts";
import { stateFolder } from "./state-folder.ts";
import { startLog } from "./terminal-log.ts";

/** Serves an app until it is told to stop. */
export async function run(args: readonly string[]): Promise<number> {
  const given = readArguments(args, { words: 1, values: configFlags, switches: configSwitches });
  const flags = flagValues(given);
  const target = appTarget(given.words[0]);
  const home = homedir();
  const sources = { appFolder: target.folder, home, environment: process.env, flags };
  const { config } = loadConfig(sources);
  checkAccess(config);
  const secrets = readSecrets({ appFolder: target.folder, home, exposureOf: gitExposure });
  const editing = isEditing(config);
  const log = startLog(
    config.log,
    maskOf({ ...secrets.forAuthors, connections: secrets.connections, auth: secrets.auth }),
    editing,
  );
  const state = stateFolder(target.folder);
  log.debug({ state }, "the rooms below are on their way");
  throw new ConfigProblem(
    `The server is not built yet (${Object.keys(connectionsOf(config, secrets)).length} connections).`,
  );
}

function isEditing({ server }: Config): boolean {
  return server.editing === "auto" ? isLoopback(server.host) : server.editing === "on";
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
