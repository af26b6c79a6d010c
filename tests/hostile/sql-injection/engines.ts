import { join } from "node:path";
import { startMariadb } from "../../servers/mariadb.ts";
import { startPostgres, type DatabaseServer } from "../../servers/postgres.ts";

/** The databases under attack, each by two connections: one that reads, and one that may change data. */
export interface Engine {
  readonly name: "sqlite" | "postgres" | "mariadb" | "duckdb";
  /** Starts what it needs, if anything. */
  readonly serve: () => Promise<DatabaseServer | undefined>;
  /** Its sections of the settings; `folder` is there for its files. */
  readonly connections: (folder: string, server: DatabaseServer | undefined) => string;
  /** What a text that was put into a row is read back as. */
  readonly kept: (text: string) => string;
}

const none = (): Promise<undefined> => Promise.resolve(undefined);
const whole = (text: string): string => text;

/** Two connections to a server, by its own name and with `Desk` behind it. */
const toServer =
  (name: string) =>
  (_: string, server: DatabaseServer | undefined): string =>
    ["", "Desk"]
      .map(
        (role) => `
[connections.${name}${role}]
type = "${name}"
host = "127.0.0.1"
port = ${server?.port ?? 0}
user = "${server?.user ?? ""}"
database = "${server?.database ?? ""}"
ssl.mode = "off"
write = ${role === "Desk"}
`,
      )
      .join("");

/** What of the settings is secret. */
export function secretsOf(name: string, server: DatabaseServer | undefined): string {
  if (server === undefined) return "";
  return ["", "Desk"]
    .map((role) => `[connections.${name}${role}]\npassword = "${server.password}"\n`)
    .join("");
}

export const sqlite: Engine = {
  name: "sqlite",
  serve: none,
  connections: (folder) =>
    ["", "Desk"]
      .map(
        (role) => `
[connections.sqlite${role}]
type = "sqlite"
path = "${join(folder, "attacked.db")}"
seed = "seed.sql"
write = ${role === "Desk"}
`,
      )
      .join(""),
  kept: whole,
};

export const postgres: Engine = {
  name: "postgres",
  serve: () => startPostgres(),
  connections: toServer("postgres"),
  kept: whole,
};

export const mariadb: Engine = {
  name: "mariadb",
  serve: () => startMariadb(),
  connections: toServer("mariadb"),
  kept: whole,
};

export const duckdb: Engine = {
  name: "duckdb",
  serve: none,
  connections: () => `
[connections.duckdbDesk]
type = "duckdb"
write = true
`,
  // Its driver leaves out a byte order mark before a text.
  kept: (text) => text.replace(/^\ufeff/, ""),
};
