import { join } from "node:path";

/** The databases under attack, each by two connections: one that reads, and one that may change data. */
export interface Engine {
  readonly name: "sqlite" | "postgres" | "mariadb" | "duckdb";
  /** Its sections of the settings; `folder` is there for its files. */
  readonly connections: (folder: string) => string;
  /** Compares texts as this engine does. */
  readonly sameText: (a: string, b: string) => boolean;
  /** What a text that was put into a row is read back as. */
  readonly kept: (text: string) => string;
}

const exactly = (a: string, b: string): boolean => a === b;
const whole = (text: string): string => text;

export const sqlite: Engine = {
  name: "sqlite",
  connections: (folder) => `
[connections.sqliteDesk]
type = "sqlite"
path = "${join(folder, "attacked.db")}"
seed = "seed.sql"
write = true
[connections.sqlite]
type = "sqlite"
path = "${join(folder, "attacked.db")}"
seed = "seed.sql"
`,
  sameText: exactly,
  kept: whole,
};

export const duckdb: Engine = {
  name: "duckdb",
  connections: () => `
[connections.duckdbDesk]
type = "duckdb"
write = true
`,
  sameText: exactly,
  // Its driver leaves out a byte order mark before a text.
  kept: (text) => text.replace(/^\ufeff/, ""),
};
