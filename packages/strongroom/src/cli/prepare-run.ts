import { homedir } from "node:os";
import { checkAccess, isLoopback } from "../config/access.ts";
import { loadConfig } from "../config/load.ts";
import { optionValues } from "../config/option-values.ts";
import type { Config } from "../config/options.ts";
import type { ClaimNames } from "../gateway/access/may.ts";
import type { DevelopmentProvider } from "../gateway/auth/development/development-provider.ts";
import type { Door } from "../gateway/door.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { GatewayOptions } from "../gateway/options.ts";
import type { Child } from "../gateway/supervise/child.ts";
import { orderFrame } from "../gateway/supervise/compiler-process.ts";
import type { PoolOptions, StartingPool } from "../gateway/supervise/pool-types.ts";
import type { Mask } from "../secrets/mask.ts";
import type { Build } from "../wire/compiler-frames.ts";
import { accessSettings } from "./access-settings.ts";
import { appSecrets, type AppSecrets } from "./app-secrets.ts";
import type { AppTarget } from "./app-target.ts";
import type { FlagValues } from "./config-flags.ts";
import { developerIdentity, hasDevelopmentSignIn, type Developer } from "./developer.ts";
import { followAccess } from "./follow-access.ts";
import { addressOf, gatewaySettings, signInSettings } from "./gateway-settings.ts";
import { stateFolder } from "./state-folder.ts";
import type { Tls } from "./tls-settings.ts";
import { startLog } from "./terminal-log.ts";

/** What the command line says, and what was begun before. */
export interface GivenToRun {
  readonly flags: FlagValues;
  readonly developer: Developer | undefined;
  /** The compiler's process, which waits to be told what to build. */
  readonly compiler: Child | undefined;
  /** What it made of the app before, where nothing has changed since. */
  readonly lastBuild: Build | undefined;
}

export interface Prepared {
  readonly options: PoolOptions;
  readonly settings: Partial<GatewayOptions>;
  /** Where viewers find the app, if the configuration says so. */
  readonly address: string | undefined;
  readonly metrics: Config["metrics"];
  /** Hides secrets in all that is printed. */
  readonly mask: Mask;
  /** Takes up who may see what as that changes; answers how to end it. */
  readonly followAccess: (gateway: Pick<Gateway, "changeAccess">) => () => void;
  /** Takes up certificates that change; answers how to end it. */
  readonly followCertificate: (door: Door) => () => void;
  /** Takes up secrets that change; answers how to end it. */
  readonly followSecrets: (pool: StartingPool) => () => void;
  /** Starts the built-in provider for the app at that URL, where people sign in by it. */
  readonly signInOf: (appUrl: string) => Promise<DevelopmentProvider | undefined>;
}

/** Reads everything that can be wrong; then the compiler, which is up by now, may begin with the app. */
export async function prepareRun(
  { flags, developer: named, compiler, lastBuild }: GivenToRun,
  { folder: appFolder, script }: AppTarget,
): Promise<Prepared> {
  const home = homedir();
  const sources = { appFolder, home, environment: process.env, flags };
  const loaded = loadConfig(sources);
  const { config } = loaded;
  for (const remark of loaded.remarks) console.error(remark);
  const secrets = await appSecrets(config, { appFolder, home });
  const editing = isEdited(config.server);
  const state = stateFolder(appFolder);
  const tls = await tlsOf(config.server, appFolder, state);
  const { developer, isPlayed, hasSignIn } = waysIn(config, secrets.auth, { named, editing });
  const access = accessSettings(config.access, checkAccess(config, hasSignIn));
  const { mask } = secrets;
  const told = signInSettings(gatewaySettings(loaded, appFolder, editing), secrets.auth);
  const settings = { ...told, access, developer, tls: tls?.settings, mask };
  const place = { appFolder, script, stateFolder: state };
  compiler?.socket.write(orderFrame({ ...place, watch: editing, poll: isPolled(config.server) }));
  const log = startLog(config.log, mask, editing);
  secrets.warn(log);
  return {
    options: poolOptions(config, secrets, { ...place, compiler, lastBuild, editing, log }),
    settings,
    address: addressOf(config.server),
    metrics: config.metrics,
    mask,
    followAccess: (gateway) => followAccess({ sources, hasSignIn, known: config, log }, gateway),
    followSecrets: (pool) => secrets.follow(pool, log),
    followCertificate: (door) => tls?.follow(door, log) ?? (() => undefined),
    signInOf: playedSignIn(isPlayed, access.claims),
  };
}

/** How somebody may be known to this run: by a provider, as the developer, or played. */
function waysIn(
  config: Config,
  auth: AppSecrets["auth"],
  { named, editing }: { readonly named: Developer | undefined; readonly editing: boolean },
) {
  const developer = named && developerIdentity(named, config, editing);
  const isPlayed = auth === undefined && hasDevelopmentSignIn(config, editing);
  return { developer, isPlayed, hasSignIn: auth !== undefined || developer !== undefined || isPlayed };
}

type OfThisRun = Pick<
  PoolOptions,
  "appFolder" | "script" | "stateFolder" | "compiler" | "lastBuild" | "editing" | "log"
>;

function poolOptions(config: Config, secrets: AppSecrets, ofThisRun: OfThisRun): PoolOptions {
  return {
    ...ofThisRun,
    config,
    secrets: secrets.forAuthors,
    secretPlaces: secrets.places,
    connections: config.connections,
    brokerSecrets: secrets.broker,
    optionValues: optionValues(config),
  };
}

function isEdited({ editing, host }: Config["server"]): boolean {
  return editing === "auto" ? isLoopback(host) : editing === "on";
}

function isPolled({ fileWatcherType }: Config["server"]): boolean {
  return fileWatcherType === "poll";
}

function playedSignIn(isPlayed: boolean, claims: ClaimNames): Prepared["signInOf"] {
  return async (appUrl) => {
    if (!isPlayed) return undefined;
    const { DevelopmentProvider } = await import("../gateway/auth/development/development-provider.ts"); // few apps need it
    return DevelopmentProvider.start(appUrl, claims);
  };
}

/** Most starts have nothing to do with TLS, and do not load it. */
async function tlsOf(server: Config["server"], appFolder: string, state: string): Promise<Tls | undefined> {
  const { sslCertFile, sslKeyFile, sslClientCaFile, developmentTls } = server;
  if ((sslCertFile ?? sslKeyFile ?? sslClientCaFile) === undefined && !developmentTls) return undefined;
  const { tlsSettings } = await import("./tls-settings.ts");
  return tlsSettings(server, appFolder, state);
}
