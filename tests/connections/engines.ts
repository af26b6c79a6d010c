import { startMariadb } from "../servers/mariadb.ts";
import { startPostgres, type DatabaseServer } from "../servers/postgres.ts";

/** What differs between databases, as far as the suite has to know. */
export interface EngineCase {
  readonly name: "postgres" | "mysql" | "sqlite" | "duckdb";
  /** Starts what the database needs, if anything. */
  readonly serve: () => Promise<DatabaseServer | undefined>;
  /** The settings of a connection to it. */
  readonly settings: (
    server: DatabaseServer | undefined,
    folder: string,
  ) => Readonly<Record<string, unknown>>;
  /** A table with a column of each kind. */
  readonly types: string;
  /** A query that goes on for as long as it is let. */
  readonly endless: string;
  /** Asks a server how many such queries it is at work on. */
  readonly atWork?: string;
  /** Counts to its first value. */
  readonly numbers: (count: number) => string;
}

const ofServer = (server: DatabaseServer | undefined): Readonly<Record<string, unknown>> => ({
  host: "127.0.0.1",
  port: server?.port,
  user: server?.user,
  password: server?.password,
  database: server?.database,
  ssl: { mode: "off" },
});
const counting = (count: number | string): string =>
  `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count}) select i from n`;

export const engines: readonly EngineCase[] = [
  {
    name: "postgres",
    serve: () => startPostgres(),
    settings: (server) => ({ type: "postgres", ...ofServer(server) }),
    types:
      "create table kinds (id int primary key, flag boolean, whole int, big bigint, part double precision, dec numeric(30, 10), " +
      "name text, raw bytea, moment timestamptz, plain_at timestamp, day date, clock time, doc jsonb)",
    endless: "select pg_sleep(3600)",
    atWork: "select count(*) from pg_stat_activity where state = 'active' and query like 'select pg_sleep%'",
    numbers: (count) => `select i from generate_series(1, ${count}) as i`,
  },
  {
    name: "mysql",
    serve: () => startMariadb(),
    settings: (server) => ({ type: "mariadb", ...ofServer(server) }),
    types:
      "create table kinds (id int primary key, flag boolean, whole int, big bigint, part double, `dec` decimal(30, 10), " +
      "name varchar(200), raw blob, moment timestamp(3) null, plain_at datetime(3), day date, clock time, doc json)",
    endless: "select sleep(3600) from (select 1) as one",
    atWork: "select count(*) from information_schema.processlist where info like 'select sleep%'",
    numbers: (count) => `select seq as i from seq_1_to_${count}`,
  },
  {
    name: "sqlite",
    serve: () => Promise.resolve(undefined),
    settings: (_, folder) => ({ type: "sqlite", path: `${folder}/data/app.db` }),
    types:
      "create table kinds (id int primary key, flag boolean, whole int, big bigint, part double, dec numeric(30, 10), " +
      "name text, raw blob, moment timestamp, plain_at datetime, day date, clock time, doc json)",
    endless: counting("1e18").replace("select i from n", "select count(*) from n"),
    numbers: counting,
  },
  {
    name: "duckdb",
    serve: () => Promise.resolve(undefined),
    settings: (_, folder) => ({ type: "duckdb", path: `${folder}/data/app.duckdb` }),
    types:
      "create table kinds (id int primary key, flag boolean, whole int, big bigint, part double, dec decimal(30, 10), " +
      "name text, raw blob, moment timestamptz, plain_at timestamp, day date, clock time, doc json)",
    endless: "select count(*) from range(1000000000000) as a, range(1000) as b where a.range + b.range = 3",
    numbers: (count) => `select range + 1 as i from range(${count})`,
  },
];
