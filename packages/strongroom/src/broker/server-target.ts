import type { SqlType, WrittenSql } from "../wire/connection-settings.ts";
import { SettingsError } from "./errors.ts";

/** Where a database's server is, and who asks. */
export interface ServerTarget {
  /** A name, an address, or the path of a socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string | undefined;
  readonly user: string | undefined;
  readonly password: string;
  /** What the URL says of TLS. */
  readonly sslMode: "verify" | "off";
}

type Server = "postgres" | "mysql";
export type Engine = Server | "sqlite" | "duckdb";

const schemes: Readonly<Record<string, Engine>> = {
  postgres: "postgres",
  postgresql: "postgres",
  mysql: "mysql",
  mariadb: "mysql",
  sqlite: "sqlite",
  duckdb: "duckdb",
};
const types: Readonly<Record<Exclude<SqlType, "sql">, Engine>> = {
  postgres: "postgres",
  mysql: "mysql",
  mariadb: "mysql",
  sqlite: "sqlite",
  duckdb: "duckdb",
};
const ports: Readonly<Record<Server, number>> = { postgres: 5432, mysql: 3306 };
/** What copied URLs say, where it is no weaker than what we do. */
const sslModes: Readonly<Record<string, "verify" | "off" | undefined>> = {
  require: "verify",
  "verify-ca": "verify",
  "verify-full": "verify",
  verify_identity: "verify",
  disable: "off",
};

/** Which database a section means: its type says so, or the scheme of its URL. */
export function engineOf(name: string, { type, url }: WrittenSql): Engine {
  const scheme = url === undefined ? undefined : /^([a-z]+):/.exec(url)?.[1];
  const byUrl = scheme !== undefined && Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined;
  if (url !== undefined && byUrl === undefined)
    throw new SettingsError(
      name,
      "url",
      `expected one that begins with ${Object.keys(schemes).join(":, ")}:`,
    );
  if (type === "sql") return byUrl ?? "duckdb";
  if (byUrl !== undefined && byUrl !== types[type])
    throw new SettingsError(name, "url", `expected one of a ${type} database, as \`type\` says`);
  return types[type];
}

export function serverTarget(engine: Server, name: string, written: WrittenSql): ServerTarget {
  const fromUrl: Parts = written.url === undefined ? {} : readUrl(name, written.url);
  if (fromUrl.host !== undefined && written.host !== undefined)
    throw new SettingsError(
      name,
      "host",
      "expected to be left out: `url` names the server; take out one of them",
    );
  const { host, port = ports[engine], database, user, password = "" } = { ...fromUrl, ...definedOf(written) };
  if (host === undefined)
    throw new SettingsError(
      name,
      "",
      'expected `host`, or `url` such as "postgres://user@db.example.com/shop"',
    );
  return { host, port, database, user, password, sslMode: fromUrl.sslMode ?? "verify" };
}

type Parts = { readonly [K in keyof ServerTarget]?: ServerTarget[K] | undefined };

function definedOf({ host, port, database, user, password }: WrittenSql): Parts {
  const parts = { host, port, database, user, password };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

/** Its parts; what we do not know in it is refused, since it may weaken the connection. */
function readUrl(name: string, url: string): Parts {
  if (!URL.canParse(url)) throw new SettingsError(name, "url", "expected a URL");
  const { hostname, port, pathname, username, password, searchParams, hash } = new URL(url);
  const database = decoded(name, pathname.slice(1));
  if (hash !== "" || database.includes("/"))
    throw new SettingsError(name, "url", "expected no more than user, host, port and database");
  let sslMode: "verify" | "off" | undefined;
  for (const [key, value] of searchParams) {
    const mode = key === "sslmode" || key === "ssl-mode" ? value.toLowerCase() : "";
    sslMode = Object.hasOwn(sslModes, mode) ? sslModes[mode] : undefined;
    if (sslMode === undefined)
      throw new SettingsError(
        name,
        "url",
        "expected no parameters but sslmode=verify-full; TLS is always verified, and the rest are keys of the section",
      );
  }
  return {
    host: hostname === "" ? undefined : hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? undefined : Number(port),
    database: database === "" ? undefined : database,
    user: username === "" ? undefined : decoded(name, username),
    password: password === "" ? undefined : decoded(name, password),
    sslMode,
  };
}

function decoded(name: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SettingsError(name, "url", "expected % only as in %20");
  }
}
