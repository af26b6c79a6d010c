import { connect, isIP } from "node:net";
import type * as mysql2 from "mysql2";
import { backstopMs, openMs } from "../server-waits.ts";
import type { ServerSettings } from "../settings.ts";
import { readTls } from "../tls-files.ts";

/** How a connection is opened. */
export function configOf({
  host,
  port,
  user,
  database,
  password,
  tls,
  timeoutMs,
}: ServerSettings): mysql2.ConnectionOptions {
  const isSocket = host.startsWith("/");
  return {
    ...(isSocket ? { socketPath: host } : whereOf(host, port)),
    ...(user === undefined ? {} : { user }),
    ...(database === undefined ? {} : { database }),
    password,
    ...(tls === undefined ? {} : { ssl: { ...sslOf(readTls(tls)), verifyIdentity: true } }),
    connectTimeout: Math.min(openMs, timeoutMs),
    disableEval: true,
    rowsAsArray: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    jsonStrings: true,
    maxPreparedStatements: 50,
    charset: "utf8mb4",
    timezone: "Z",
    multipleStatements: false,
    flags: ["-LOCAL_FILES"],
  };
}

/**
 * The package holds the certificate against the host that it is given, but not against an address, which it would
 * replace by "localhost". With a dot behind it, it is a name to the package, and an address again when it is compared.
 */
function whereOf(host: string, port: number): mysql2.ConnectionOptions {
  if (isIP(host) === 0) return { host, port };
  return { host: `${host}.`, port, stream: () => connect({ host, port, noDelay: true, keepAlive: true }) };
}

function sslOf({
  ca,
  cert,
  key,
  minVersion,
  rejectUnauthorized,
}: ReturnType<typeof readTls>): mysql2.SslOptions {
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    minVersion,
    rejectUnauthorized,
  };
}

/** Times are in UTC; the session only reads, where the connection does; what takes too long is ended. */
export function setUpOf(version: string, { timeoutMs, write }: ServerSettings): readonly string[] {
  const most = timeoutMs + backstopMs;
  const limit = /mariadb/i.test(version)
    ? `max_statement_time = ${most / 1_000}`
    : `max_execution_time = ${most}`;
  return [
    `set session time_zone = '+00:00', session ${limit}`,
    `set session transaction ${write ? "read write" : "read only"}`,
  ];
}
