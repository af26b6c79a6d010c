import { duckdbEngine } from "./duckdb/duckdb.ts";
import type { Engine } from "./engine.ts";
import { mysqlEngine } from "./mysql/mysql.ts";
import { postgresEngine } from "./postgres/postgres.ts";
import type { FileSettings, ServerSettings } from "./settings.ts";
import { sqliteEngine } from "./sqlite/sqlite.ts";

/** The kinds of databases. A driver is a folder and a line here; its package is loaded when it is needed first. */
const engines: {
  readonly [E in ServerSettings["engine"]]: (settings: ServerSettings) => Engine | Promise<Engine>;
} & { readonly [E in FileSettings["engine"]]: (settings: FileSettings) => Engine | Promise<Engine> } = {
  postgres: postgresEngine,
  mysql: mysqlEngine,
  sqlite: sqliteEngine,
  duckdb: duckdbEngine,
};

export async function engineFor(settings: ServerSettings | FileSettings): Promise<Engine> {
  return "tls" in settings ? engines[settings.engine](settings) : engines[settings.engine](settings);
}
