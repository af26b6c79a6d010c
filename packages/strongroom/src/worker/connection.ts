import { connectionName } from "../wire/query.ts";
import { s } from "../wire/s.ts";
import type { Json } from "../wire/schema.ts";
import { askOrRecall, type AskOptions, type ViewerOption } from "./connection-ask.ts";
import { httpConnection, type HttpConnection } from "./connection-http.ts";
import { refuseIdentity, sqlConnection, type Connection, type SqlOptions } from "./connection-sql.ts";
import { identified } from "./connection-identity.ts";
import { badOption } from "./errors.ts";
import { checkNames, optionNames } from "./option-names.ts";

export interface SqlConnectionOptions extends SqlOptions {
  /** A database: PostgreSQL, MySQL, MariaDB, SQLite or DuckDB, whatever the settings say. Default. */
  readonly type?: "sql";
}

export interface HttpConnectionOptions extends AskOptions, ViewerOption {
  /** A web service, asked by its paths. */
  readonly type: "http";
}

export interface CustomConnectionOptions extends AskOptions {
  /** A module of the author's, which runs in the broker. */
  readonly type: "custom";
}

type CallOptions = Pick<AskOptions, "ttl">;

const askNames = { type: true, ttl: true } as const;
const known = {
  sql: optionNames<SqlConnectionOptions>()({ ...askNames, maxRows: true }),
  http: optionNames<HttpConnectionOptions>()({ ...askNames, as: true }),
  custom: optionNames<CustomConnectionOptions>()(askNames),
};
const callNames = optionNames<CallOptions>()({ ttl: true });

/** What runs in the broker by the module that the connection's settings name. */
export interface CustomConnection {
  /** What one of the module's `calls` answers. Arguments and answers are plain JSON. */
  call<T = unknown>(
    name: string,
    args?: Readonly<Record<string, unknown>>,
    options?: Pick<AskOptions, "ttl">,
  ): Promise<T>;
}

/**
 * Answers the connection of that name under `[connections]` in `.strongroom/secrets.toml`. Nothing is opened before the
 * first question, and no credential comes near the script. `type` says how it is asked; options are those of all its
 * questions.
 */
export function connection(name: string, options: HttpConnectionOptions): HttpConnection;
export function connection(name: string, options: CustomConnectionOptions): CustomConnection;
export function connection(name: string, options?: SqlConnectionOptions): Connection;
export function connection(
  name: string,
  options: SqlConnectionOptions | HttpConnectionOptions | CustomConnectionOptions = {},
): Connection | HttpConnection | CustomConnection {
  if (connectionName.check(name, "") !== undefined)
    throw badOption("connection", "name", connectionName.expected);
  const { type = "sql", ...defaults } = options;
  if (type === "sql" || type === "custom") refuseIdentity(options);
  if (Object.hasOwn(known, type)) checkNames("st.connection", options, known[type]);
  const identity = [name, type, { ...defaults }];
  switch (type) {
    case "sql":
      return identified(sqlConnection(name, defaults), identity);
    case "http":
      return identified(httpConnection(name, defaults), identity);
    case "custom":
      return identified(customConnection(name, defaults), identity);
    default:
      throw badOption(
        "connection",
        "type",
        '"sql" (default), "http" or "custom"; which database it is stands in the connection\'s settings',
      );
  }
}

const plainArguments = s.json({ maxDepth: 20, maxNodes: 100_000 });

function customConnection(connection: string, defaults: AskOptions): CustomConnection {
  return Object.freeze({
    call: async <T>(
      name: string,
      args: Readonly<Record<string, unknown>> = {},
      options: CallOptions = {},
    ) => {
      checkNames("st.connection", options, callNames);
      const all = { ...defaults, ...options };
      if (typeof name !== "string" || name === "" || name.length > 100)
        throw badOption("connection", "call", "the name of a call, of at most 100 characters");
      if (plainArguments.check(args, "") !== undefined || !isPlain(args))
        throw badOption("connection", "args", "plain JSON: no dates, functions or undefined");
      const request = { kind: "call", connection, name, args: args as Json } as const;
      // What a call answers is JSON; the rest is the author's word.
      return askOrRecall(request, all, ({ result }) => (result ?? null) as T);
    },
  });
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== "object" || value === null) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.values(value).every(isPlain);
}
