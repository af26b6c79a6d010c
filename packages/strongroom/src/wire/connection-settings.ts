/** What one section under `[connections]` holds, as the operator wrote it. */
import { s } from "./s.ts";
import { decode, type Decoded, type Infer } from "./schema.ts";
import { isPlainObject } from "./schema-structures.ts";

const path = s.string({ minLength: 1, maxLength: 4_096 });
const text = s.string({ minLength: 1, maxLength: 2_000 });
const word = s.string({ maxLength: 2_000 });
const span = s.string({ maxLength: 20, pattern: /^\d{1,9}(ms|s|m|h)$/ });
const size = s.string({ maxLength: 20, pattern: /^\d{1,9} ?(kb|mb|gb)$/i });
const host = s.string({ minLength: 1, maxLength: 255, pattern: /^[A-Za-z0-9._:/-]+$/ });

const ssl = s.object({
  /** `off` is taken only where the server is this machine. */
  mode: s.optional(s.literal("verify", "off")),
  ca: s.optional(path),
  cert: s.optional(path),
  key: s.optional(path),
});

/** What every kind of connection takes. */
const common = {
  /** Only what reads is let through without it. */
  write: s.optional(s.boolean),
  timeout: s.optional(span),
  maxBytes: s.optional(size),
  pool: s.optional(s.number({ min: 1, max: 200, integer: true })),
  retries: s.optional(s.number({ min: 0, max: 10, integer: true })),
};
const sql = { ...common, maxRows: s.optional(s.number({ min: 1, max: 5_000_000, integer: true })) };
const server = {
  ...sql,
  url: s.optional(text),
  host: s.optional(host),
  port: s.optional(s.number({ min: 1, max: 65_535, integer: true })),
  database: s.optional(text),
  user: s.optional(text),
  password: s.optional(word),
  ssl: s.optional(ssl),
};
const file = { ...sql, url: s.optional(text), path: s.optional(path), seed: s.optional(path) };
/** Folders whose files DuckDB may read; none unless they are named. */
const folders = { files: s.optional(s.array(path, { max: 20 })) };

const shapes = {
  postgres: { type: s.literal("postgres"), ...server },
  mysql: { type: s.literal("mysql"), ...server },
  mariadb: { type: s.literal("mariadb"), ...server },
  sqlite: { type: s.literal("sqlite"), ...file },
  duckdb: { type: s.literal("duckdb"), ...file, ...folders },
  /** The URL's scheme says which; without one it is a DuckDB in memory. */
  sql: { type: s.literal("sql"), ...server, ...file, ...folders },
  http: {
    type: s.literal("http"),
    ...common,
    url: text,
    headers: s.optional(s.record(word, { maxKeys: 50, maxKeyLength: 200 })),
    token: s.optional(text),
    user: s.optional(text),
    password: s.optional(word),
    ssl: s.optional(ssl),
  },
  custom: {
    type: s.literal("custom"),
    ...common,
    module: path,
    settings: s.optional(s.json({ maxDepth: 8, maxNodes: 5_000 })),
  },
} as const;

const schemas = {
  postgres: s.object(shapes.postgres),
  mysql: s.object(shapes.mysql),
  mariadb: s.object(shapes.mariadb),
  sqlite: s.object(shapes.sqlite),
  duckdb: s.object(shapes.duckdb),
  sql: s.object(shapes.sql),
  http: s.object(shapes.http),
  custom: s.object(shapes.custom),
} as const;

type ConnectionType = keyof typeof schemas;
type Written<T extends ConnectionType> = Infer<(typeof schemas)[T]>;

/** A database, in the widest form that its section can have. */
export type WrittenSql = Omit<Written<"sql">, "type"> & { readonly type: SqlType };
export type SqlType = Exclude<ConnectionType, "http" | "custom">;
export type WrittenHttp = Written<"http">;
export type WrittenCustom = Written<"custom">;
export type WrittenSsl = Infer<typeof ssl>;
export type WrittenConnection = WrittenSql | WrittenHttp | WrittenCustom;

/** Decodes a section; what is wrong is told by its place, never by its value, which may be secret. */
export function decodeConnection(section: unknown): Decoded<WrittenConnection> {
  if (!isPlainObject(section)) return { ok: false, at: "$", expected: "a section with a type" };
  const { type } = section;
  if (!isConnectionType(type))
    return { ok: false, at: "$.type", expected: `one of ${Object.keys(schemas).join(", ")}` };
  const keys = Object.keys(shapes[type]);
  const unknown = Object.keys(section).find((key) => !keys.includes(key));
  if (unknown !== undefined) return { ok: false, at: `$.${unknown}`, expected: `one of ${keys.join(", ")}` };
  return decode<WrittenConnection>(schemas[type], section);
}

function isConnectionType(type: unknown): type is ConnectionType {
  return typeof type === "string" && Object.hasOwn(schemas, type);
}
