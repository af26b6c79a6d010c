import { duration, size } from "../config/kinds.ts";
import {
  decodeConnection,
  type WrittenConnection,
  type WrittenCustom,
  type WrittenHttp,
  type WrittenSql,
} from "../wire/connection-settings.ts";
import { connectionName, type BrokerSetup } from "../wire/query.ts";
import type { Json } from "../wire/schema.ts";
import { isPlainObject } from "../wire/schema-structures.ts";
import { BrokerError, SettingsError } from "./errors.ts";
import { fileTarget, type FileTarget } from "./file-target.ts";
import { pathInside } from "./paths.ts";
import { engineOf, serverTarget, type ServerTarget } from "./server-target.ts";
import { isLoopback, tlsOf, type TlsFiles } from "./tls-files.ts";
import { httpTarget, type HttpTarget } from "./http/http-target.ts";

/** What all connections have. */
export interface CommonSettings {
  readonly name: string;
  readonly appFolder: string;
  /** True when data may be changed. */
  readonly write: boolean;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** So many connections at once. */
  readonly pool: number;
  /** So often what only reads is tried again. */
  readonly retries: number;
}

interface SqlSettings extends CommonSettings {
  readonly maxRows: number;
}

export interface ServerSettings extends SqlSettings, ServerTarget {
  readonly engine: "postgres" | "mysql";
  /** Nothing where the server is this machine and TLS was switched off. */
  readonly tls: TlsFiles | undefined;
}
export interface FileSettings extends SqlSettings, FileTarget {
  readonly engine: "sqlite" | "duckdb";
  /** What stands before a command so that its process ends with ours. */
  readonly tie: readonly string[];
}
export interface HttpSettings extends CommonSettings, HttpTarget {
  readonly engine: "http";
}
export interface CustomSettings extends CommonSettings {
  readonly engine: "custom";
  readonly module: string;
  readonly settings: Json;
}

export type ConnectionSettings = ServerSettings | FileSettings | HttpSettings | CustomSettings;

const timeout = duration({ min: "10ms", max: "1h" });
const bytes = size({ min: "1kb", max: "2gb" });
const defaults = { timeoutMs: 30_000, maxBytes: 100_000_000, maxRows: 100_000, pool: 5, retries: 2 };
/** Each connection to a SQLite file is a process: fewer of them do. */
const sqlitePool = 2;

/** The settings of one connection under `[connections]`, or an error that says what is wrong with them. */
export function settingsOf(
  name: string,
  {
    connections: section,
    appFolder,
    tie,
  }: Omit<BrokerSetup, "connections"> & { readonly connections: unknown },
): ConnectionSettings {
  const connections = isPlainObject(section) ? section : {};
  if (connectionName.check(name, "") !== undefined || !Object.hasOwn(connections, name)) {
    throw new BrokerError(
      "ERR_CONNECTION_UNKNOWN",
      `There is no connection of that name. Add a [connections.…] section to .strongroom/config.toml, or to secrets.toml where it holds a password: type = "sqlite", path = "data/app.db".`,
    );
  }
  const decoded = decodeConnection(connections[name]);
  if (!decoded.ok)
    throw new SettingsError(name, decoded.at.replace(/^\$\.?/, ""), `expected ${decoded.expected}`);
  const { value } = decoded;
  const common = commonOf(name, appFolder, value);
  if (value.type === "http") return http(common, value);
  return value.type === "custom" ? custom(common, value) : sql(common, value, tie);
}

function commonOf(name: string, appFolder: string, written: WrittenConnection): CommonSettings {
  const { write = false, pool, retries } = written;
  const timeoutMs = written.timeout === undefined ? defaults.timeoutMs : timeout.read(written.timeout);
  if (timeoutMs === undefined) throw new SettingsError(name, "timeout", `expected ${timeout.expected}`);
  const maxBytes = written.maxBytes === undefined ? defaults.maxBytes : bytes.read(written.maxBytes);
  if (maxBytes === undefined) throw new SettingsError(name, "maxBytes", `expected ${bytes.expected}`);
  return {
    name,
    appFolder,
    write,
    timeoutMs,
    maxBytes,
    pool: pool ?? defaults.pool,
    retries: retries ?? defaults.retries,
  };
}

function sql(
  common: CommonSettings,
  written: WrittenSql,
  tie: readonly string[],
): ServerSettings | FileSettings {
  const engine = engineOf(common.name, written);
  const all = { ...common, maxRows: written.maxRows ?? defaults.maxRows };
  if (engine === "sqlite" || engine === "duckdb") {
    refuseKeys(common.name, written, ["host", "port", "database", "user", "password", "ssl"]);
    if (engine === "sqlite") refuseKeys(common.name, written, ["files"]);
    const pool = written.pool ?? (engine === "sqlite" ? sqlitePool : defaults.pool);
    return { ...all, pool, engine, tie, ...fileTarget(engine, common, written) };
  }
  refuseKeys(common.name, written, ["path", "seed", "files"]);
  const target = serverTarget(engine, common.name, written);
  if (target.sslMode === "off" && written.ssl?.mode === undefined) refuseOpenUrl(common.name, target.host);
  const tls = tlsOf(common, target.host, { mode: target.sslMode, ...written.ssl });
  return { ...all, engine, ...target, tls };
}

/** The key to mend is the one that the operator wrote. */
function refuseOpenUrl(name: string, host: string): void {
  if (host.startsWith("/") || isLoopback(host)) return;
  throw new SettingsError(
    name,
    "url",
    "expected no sslmode=disable: only a server on this machine may do without",
  );
}

/** `type = "sql"` takes the keys of all engines; only now is it known which are meant. */
function refuseKeys(name: string, written: WrittenSql, keys: readonly (keyof WrittenSql)[]): void {
  const key = keys.find((each) => written[each] !== undefined);
  if (key !== undefined)
    throw new SettingsError(name, key, "expected to be left out: this kind of database has none");
}

function http(common: CommonSettings, written: WrittenHttp): HttpSettings {
  return { ...common, engine: "http", ...httpTarget(common, written) };
}

function custom(common: CommonSettings, { module, settings = {} }: WrittenCustom): CustomSettings {
  const { name, appFolder } = common;
  return {
    ...common,
    engine: "custom",
    module: pathInside(appFolder, module, { name, key: "module" }),
    settings,
  };
}
