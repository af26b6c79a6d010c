import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { constants, DatabaseSync, type StatementSync } from "node:sqlite";
import type { ColumnHead } from "../wire/query-answer.ts";
import { queryLimits, type QueryRequest, type QueryValue } from "../wire/query.ts";
import { BrokerError } from "./errors.ts";
import type { SqliteSettings } from "./settings.ts";
import { oneStatement } from "./statement.ts";

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
const answerChars = 60_000_000;

interface Result {
  readonly columns: readonly ColumnHead[];
  readonly chunks: readonly (readonly (readonly QueryValue[])[])[];
}

/** A database in a file, opened at the first question. */
export class SqliteConnection {
  readonly #settings: SqliteSettings;
  #database: DatabaseSync | undefined;

  constructor(settings: SqliteSettings) {
    this.#settings = settings;
  }

  query({ texts, values, maxRows }: QueryRequest): Result {
    const database = (this.#database ??= open(this.#settings));
    const text = oneStatement(texts);
    try {
      return rowsOf(prepare(database, text), values.map(toSqlite), maxRows);
    } catch (error) {
      throw error instanceof BrokerError ? error : failed(error, this.#settings.write);
    }
  }

  close(): void {
    this.#database?.close();
    this.#database = undefined;
  }
}

function prepare(database: DatabaseSync, text: string): StatementSync {
  const statement = database.prepare(text);
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  return statement;
}

function rowsOf(
  statement: StatementSync,
  params: (null | number | string | bigint | Uint8Array)[],
  maxRows: number,
): Result {
  const columns = statement.columns().map(({ name }) => ({ name, type: "text" as const }));
  const chunks: QueryValue[][][] = [];
  let rows = 0;
  let size = 0;
  // The statement gives arrays, as it was told; its type knows rows by name only.
  for (const row of statement.iterate(...params) as unknown as Iterable<readonly unknown[]>) {
    if (rows >= maxRows)
      throw new BrokerError(
        "ERR_QUERY_TOO_LARGE",
        `The query has more than ${maxRows} rows; add a limit to it, or raise \`maxRows\`.`,
      );
    const values = row.map(fromSqlite);
    for (const value of values) size += sizeOf(value);
    if (size > answerChars)
      throw new BrokerError(
        "ERR_QUERY_TOO_LARGE",
        `The query's answer has more than ${answerChars / 1e6} MB; ask for fewer columns or rows.`,
      );
    const chunk = rows++ % queryLimits.partRows === 0 ? columns.map((): QueryValue[] => []) : chunks.pop();
    for (const [index, value] of values.entries()) chunk?.[index]?.push(value);
    if (chunk !== undefined) chunks.push(chunk);
  }
  return { columns, chunks };
}

function sizeOf(value: QueryValue): number {
  if (typeof value === "string") return value.length + 3;
  if (typeof value === "object" && value !== null) return (Object.values(value)[0] as string).length + 12; // it has one field, which is text
  return 12;
}

function fromSqlite(value: unknown): QueryValue {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : { big: value.toString() };
  }
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("base64") };
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  return typeof value === "string" ? value : null;
}

function toSqlite(value: QueryValue): null | number | string | bigint | Uint8Array {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "object" || value === null) return value;
  if ("big" in value) return BigInt(value.big);
  if ("bytes" in value) return Uint8Array.from(Buffer.from(value.bytes, "base64"));
  return "date" in value ? value.date : value.json;
}

function open({ path, seed, write }: SqliteSettings): DatabaseSync {
  try {
    if (!existsSync(path) && seed !== undefined) makeFromSeed(path, seed);
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
    renameSync(unfinished, path);
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

/** SQLite's own words name tables and columns; those that could quote a value are left out. */
function failed(error: unknown, mayWrite: boolean): BrokerError {
  const reason = reasonOf(error);
  if (/readonly/i.test(reason) && !mayWrite) {
    return new BrokerError(
      "ERR_QUERY_REFUSED",
      "The connection only reads. Write `write = true` in its [connections] section if queries may change data.",
      { cause: error },
    );
  }
  if (/not authorized/i.test(reason)) {
    return new BrokerError(
      "ERR_QUERY_REFUSED",
      "The query asks for something that connections never do (ATTACH, DETACH, or a PRAGMA that sets).",
      { cause: error },
    );
  }
  return new BrokerError("ERR_QUERY_FAILED", `The database refused the query: ${reason}.`, { cause: error });
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  const known =
    /^(no such (table|column|function)|near|ambiguous column|incomplete input|attempt to write a readonly|not authorized|unable to open|file is not a database|database is locked|UNIQUE constraint|NOT NULL constraint|CHECK constraint|FOREIGN KEY constraint|ENOENT|EACCES|column index out of range|wrong number of arguments|no such module)/i;
  if (!known.test(message)) return "an error that is not shown, since it may hold values";
  return message
    .replace(/^ENOENT.*/, "the file does not exist")
    .replace(/^EACCES.*/, "the server may not read it")
    .slice(0, 200);
}
