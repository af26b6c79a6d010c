import { homedir } from "node:os";
import { checkAccess, isLoopback } from "../config/access.ts";
import { loadConfig } from "../config/load.ts";
import { optionValues } from "../config/option-values.ts";
import type { Config } from "../config/options.ts";
import type { GatewayOptions } from "../gateway/options.ts";
import type { Child } from "../gateway/supervise/child.ts";
import { orderFrame } from "../gateway/supervise/compiler-process.ts";
import type { PoolOptions, StartingPool } from "../gateway/supervise/pool-types.ts";
import { Mask } from "../secrets/mask.ts";
import { ageKeyVariable } from "../secrets/sealed.ts";
import { hiddenTexts } from "../secrets/forms.ts";
import { allSecrets, readSecrets, type SecretValues } from "../secrets/read-secrets.ts";
import type { AppTarget } from "./app-target.ts";
import type { FlagValues } from "./config-flags.ts";
import { followSecrets, warnOfPlainSecrets } from "./follow-secrets.ts";
import { gatewaySettings } from "./gateway-settings.ts";
import { gitExposure } from "./git-exposure.ts";
import { stateFolder } from "./state-folder.ts";

export interface Prepared {
  readonly options: PoolOptions;
  readonly settings: Partial<GatewayOptions>;
  /** Hides secrets in all that is printed. */
  readonly mask: Mask;
  /** Takes up secrets that change; answers how to end it. */
  readonly followSecrets: (pool: StartingPool) => () => void;
}

/** Reads everything that can be wrong; then the compiler, which is up by now, may begin with the app. */
export async function prepareRun(
  flags: FlagValues,
  { folder: appFolder, script }: AppTarget,
  compiler: Child,
): Promise<Prepared> {
  const home = homedir();
  const loaded = loadConfig({ appFolder, home, environment: process.env, flags });
  const { config } = loaded;
  for (const remark of loaded.remarks) console.error(remark);
  const { files } = config.secrets;
  const places = { appFolder, home, files, exposureOf: gitExposure, ageKey: process.env[ageKeyVariable] };
  const secrets = await readSecrets(places);
  const connections = connectionsOf(config, secrets);
  if (Object.keys(connections).length > 0) {
    const { checkConnections } = await import("./check-connections.ts"); // few apps need it
    checkConnections(connections, { appFolder, home });
  }
  checkAccess(config, Object.keys(secrets.auth).length > 0);
  const editing =
    config.server.editing === "auto" ? isLoopback(config.server.host) : config.server.editing === "on";
  const settings = gatewaySettings(loaded, appFolder, editing);
  const place = { appFolder, script, stateFolder: stateFolder(appFolder) };
  compiler.socket.write(
    orderFrame({ ...place, watch: editing, poll: config.server.fileWatcherType === "poll" }),
  );
  const { startLog } = await import("./terminal-log.ts"); // its logger is large
  const { shown } = config.secrets;
  const mask = new Mask(hiddenTexts(allSecrets(secrets), shown));
  const log = startLog(config.log, mask, editing);
  warnOfPlainSecrets(secrets, log);
  const options = {
    ...place,
    compiler,
    editing,
    config,
    secrets: secrets.forAuthors,
    secretPlaces: secrets.places,
    connections,
    optionValues: optionValues(config),
    log,
  };
  const follow = (pool: StartingPool): (() => void) =>
    followSecrets({ places, mask, shown, log, known: secrets }, pool);
  return { options, settings: { ...settings, mask }, mask, followSecrets: follow };
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
