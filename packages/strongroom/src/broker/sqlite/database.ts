import { existsSync, linkSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { constants, DatabaseSync } from "node:sqlite";
import { RowWriter, type SendPart } from "../answer.ts";
import type { Outcome } from "../engine.ts";
import { BrokerError } from "../errors.ts";
import { queryError, reasonOf } from "./errors.ts";
import type { SqliteQuery, SqliteSetup } from "./messages.ts";
import { fromSqlite, toSqlite, typeOf } from "./types.ts";

/** PRAGMAs that only look. */
const harmlessPragmas = new Set([
  "table_info",
  "table_xinfo",
  "table_list",
  "index_list",
  "index_info",
  "foreign_key_list",
]);
/** How long a lock of another process is waited for, in ms. */
const busyMs = 5_000;

/** A database in a file, in a process of its own. */
export class SqliteFile {
  readonly #write: boolean;
  readonly #database: DatabaseSync;

  constructor(setup: SqliteSetup) {
    this.#write = setup.write;
    this.#database = open(setup);
  }

  /** Runs a statement; rows go out as they are read. */
  async run(query: SqliteQuery, send: SendPart): Promise<Outcome> {
    try {
      return await this.#run(query, send);
    } catch (error) {
      throw queryError(error, this.#write);
    }
  }

  /** Begins or ends a transaction. */
  say(sql: string): void {
    try {
      this.#database.exec(sql);
    } catch (error) {
      throw queryError(error, this.#write);
    }
  }

  async #run({ sql, values, verb, ...limits }: SqliteQuery, send: SendPart): Promise<Outcome> {
    const statement = this.#database.prepare(sql);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    const writer = new RowWriter(send, limits);
    const columns = statement.columns();
    let types: ReturnType<typeof typeOf>[] | undefined;
    const begin = async (row: readonly unknown[]): Promise<ReturnType<typeof typeOf>[]> => {
      const all = columns.map(({ type }, index) => typeOf(type, row[index]));
      await writer.begin(columns.map(({ name }, index) => ({ name, type: all[index] ?? "text" })));
      return all;
    };
    // The statement gives arrays, as it was told; its type knows rows by name only.
    for (const row of statement.iterate(...values.map(toSqlite)) as unknown as Iterable<unknown[]>) {
      types ??= await begin(row);
      if (writer.add(row.map((value, index) => fromSqlite(value, types?.[index] ?? "text"))))
        await writer.flush();
    }
    if (types === undefined) await begin([]);
    await writer.flush();
    return { changed: /^(insert|update|delete|replace|with)$/.test(verb) ? this.#changed(verb) : undefined };
  }

  #changed(verb: string): number | undefined {
    if (verb === "with" && !this.#write) return undefined;
    const row = this.#database.prepare("select changes() as n").get();
    return typeof row?.["n"] === "number" ? row["n"] : undefined;
  }
}

function open({ path, seed, write }: SqliteSetup): DatabaseSync {
  try {
    if (!existsSync(path) && seed !== undefined) makeFromSeed(path, seed);
    if (write) mkdirSync(dirname(path), { recursive: true });
    const database = new DatabaseSync(path, { readOnly: !write, timeout: busyMs, allowExtension: false });
    database.enableDefensive(true);
    database.setAuthorizer(authorize);
    return database;
  } catch (error) {
    if (error instanceof BrokerError) throw error;
    throw new BrokerError(
      "ERR_CONNECTION_FAILED",
      `The database file could not be opened (${reasonOf(error)}). Check \`path\` in its [connections] section, and that the server may read it.`,
      { cause: error },
    );
  }
}

/** Makes a database whole or not at all: a start that is cut short leaves nothing behind that looks finished. */
function makeFromSeed(path: string, seed: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.new`;
  const database = new DatabaseSync(unfinished);
  try {
    database.exec("pragma journal_mode = off; pragma synchronous = off");
    database.exec(readFileSync(seed, "utf8"));
    database.close();
    place(unfinished, path);
  } catch (error) {
    const reason = reasonOf(error);
    throw new BrokerError(
      "ERR_CONNECTION_FAILED",
      `The database could not be made from its seed (${reason}). Check \`seed\` in its [connections] section, and the SQL in that file.`,
      { cause: error },
    );
  } finally {
    if (database.isOpen) database.close();
    rmSync(unfinished, { force: true });
  }
}

/** Never over a database that somebody else has made in the meantime, and perhaps written to. */
function place(unfinished: string, path: string): void {
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
}

function authorize(action: number, first: string | null): number {
  switch (action) {
    case constants.SQLITE_ATTACH:
    case constants.SQLITE_DETACH:
      return constants.SQLITE_DENY;
    case constants.SQLITE_PRAGMA:
      return harmlessPragmas.has(first ?? "") ? constants.SQLITE_OK : constants.SQLITE_DENY;
    default:
      return constants.SQLITE_OK;
  }
}
