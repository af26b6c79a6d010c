import type { Client, ClientConfig, QueryConfig } from "pg";
import type { QueryValue } from "../../wire/query.ts";
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
}: ServerSettings): ClientConfig {
  return {
    host,
    port,
    user,
    database,
    password, // never left out: a file in somebody's home would be asked then
    ssl: tls === undefined ? false : readTls(tls),
    connectionTimeoutMillis: Math.min(openMs, timeoutMs),
    keepAlive: true,
    application_name: "strongroom",
  };
}

/** What each session is told first. */
export function setUp({ write, timeoutMs }: ServerSettings): QueryConfig {
  const options = Object.entries({
    timezone: "UTC",
    datestyle: "ISO, YMD",
    bytea_output: "hex",
    standard_conforming_strings: "on",
    default_transaction_read_only: write ? "off" : "on",
    statement_timeout: String(timeoutMs + backstopMs),
    idle_in_transaction_session_timeout: String(timeoutMs + backstopMs + 60_000),
  });
  const calls = options.map((_, index) => `set_config($${2 * index + 1}, $${2 * index + 2}, false)`);
  return extended(`select ${calls.join()}`, options.flat());
}

/** Always in the mode that refuses a second statement; the package's types do not know of it yet. */
export function extended(text: string, values: readonly unknown[] = []): QueryConfig {
  const config = { text, values: [...values], queryMode: "extended" };
  return config;
}

/** Everything as the server writes it: the types of columns are ours to read. */
export const asText = { getTypeParser: () => (text: unknown) => text };

/** What the server would take for something else says what it is: a date for text, a fraction for a whole number. */
export function placeholder(index: number, value: QueryValue = null): string {
  const name = `$${index + 1}`;
  if (typeof value === "number") return Number.isInteger(value) ? name : `${name}::float8`;
  return typeof value === "object" && value !== null && "date" in value ? `${name}::timestamptz` : name;
}

export function bound(value: QueryValue): string | Buffer | null {
  if (value === null) return null;
  if (typeof value !== "object") return String(value);
  if ("bytes" in value) return Buffer.from(value.bytes, "base64");
  if ("big" in value) return value.big;
  return "date" in value ? value.date : value.json;
}

/** The number of the server's process; the package's types leave it out. */
export function processOf(client: Client): unknown {
  return Reflect.get(client, "processID");
}

export function socketOf(client: Client): { destroy(): void } | undefined {
  const connection: unknown = Reflect.get(client, "connection");
  const stream: unknown =
    typeof connection === "object" && connection !== null ? Reflect.get(connection, "stream") : undefined;
  // A socket of Node's, which the package holds under that name.
  return stream as { destroy(): void } | undefined;
}
