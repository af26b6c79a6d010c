import type {
  DuckDBConnection,
  DuckDBInstance,
  DuckDBPreparedStatement,
  DuckDBResult,
} from "@duckdb/node-api";
import type { QueryValue } from "../../wire/query.ts";
import type { RowWriter } from "../answer.ts";
import { duckdbDialect } from "../dialect.ts";
import { loadDriver } from "../driver-package.ts";
import type { Engine, EngineSession, Outcome, Query } from "../engine.ts";
import { BrokerError } from "../errors.ts";
import type { FileSettings } from "../settings.ts";
import { onlyReads } from "../statement-kind.ts";
import { withPlaceholders } from "../statement.ts";
import { queryError } from "./errors.ts";
import { openInstance, type DuckDB } from "./instance.ts";
import { jsonText, readColumn, typeOf, type ChunkReader } from "./types.ts";

export function duckdbEngine(settings: FileSettings): Engine {
  // The package's types say what it exports.
  const duckdb = loadDriver(settings.appFolder, "@duckdb/node-api", "@duckdb/node-api") as DuckDB;
  let opening: Promise<DuckDBInstance> | undefined;
  const instance = async (): Promise<DuckDBInstance> => {
    opening ??= openInstance(duckdb, settings);
    try {
      return await opening;
    } catch (error) {
      opening = undefined; // the next question tries again
      throw error;
    }
  };
  return {
    dialect: duckdbDialect,
    open: async () =>
      new DuckdbSession(await (await instance()).connect(), { duckdb, write: settings.write }),
    close: async () => (await opening?.catch(() => undefined))?.closeSync(),
  };
}

class DuckdbSession implements EngineSession {
  readonly #connection: DuckDBConnection;
  readonly #duckdb: DuckDB;
  readonly #write: boolean;
  #isUsable = true;
  #isRunning = false;
  #inTransaction = false;

  constructor(connection: DuckDBConnection, { duckdb, write }: { duckdb: DuckDB; write: boolean }) {
    this.#connection = connection;
    this.#duckdb = duckdb;
    this.#write = write;
  }

  get isUsable(): boolean {
    return this.#isUsable;
  }

  async run(query: Query, writer: RowWriter): Promise<Outcome> {
    return this.#busy(async () => {
      if (this.#inTransaction || this.#write) return this.#query(query, writer);
      await this.#connection.run("begin transaction read only");
      try {
        return await this.#query(query, writer);
      } finally {
        await this.#connection.run("rollback").catch(() => (this.#isUsable = false));
      }
    });
  }

  async begin(): Promise<void> {
    await this.#busy(() => this.#connection.run(`begin transaction${this.#write ? "" : " read only"}`));
    this.#inTransaction = true;
  }

  async commit(): Promise<void> {
    this.#inTransaction = false;
    await this.#busy(() => this.#connection.run("commit"));
  }

  async rollback(): Promise<void> {
    this.#inTransaction = false;
    await this.#busy(() => this.#connection.run("rollback"));
  }

  async cancel(): Promise<void> {
    if (this.#isRunning) this.#connection.interrupt();
  }

  close(): void {
    this.#isUsable = false;
    if (!this.#isRunning) this.#connection.closeSync();
  }

  async #busy<T>(work: () => Promise<T>): Promise<T> {
    this.#isRunning = true;
    try {
      return await work();
    } catch (error) {
      throw queryError(error);
    } finally {
      this.#isRunning = false;
    }
  }

  async #query({ statement, values }: Query, writer: RowWriter): Promise<Outcome> {
    const text = withPlaceholders(statement, (index) => `$${index + 1}`);
    const extracted = await this.#connection.extractStatements(text);
    if (extracted.count !== 1) throw new BrokerError("ERR_QUERY_TEXT", "A query is one statement.");
    const prepared = await extracted.prepare(0);
    try {
      this.#checkType(prepared, statement.words);
      for (const [index, value] of values.entries()) this.#bind(prepared, index + 1, value);
      const result = await prepared.stream();
      await this.#read(result, writer);
      const { rowsChanged } = result;
      return { changed: this.#changes(prepared) ? rowsChanged : undefined };
    } finally {
      prepared.destroySync();
    }
  }

  /** Reading is a matter of the statement's kind here: one that copies writes files, whatever the database's mode. */
  #checkType({ statementType }: DuckDBPreparedStatement, words: readonly string[]): void {
    const { SELECT, EXPLAIN, RELATION } = this.#duckdb.StatementType;
    const isPlan = statementType === EXPLAIN && !words.includes("copy") && !words.includes("export");
    if (!this.#write && statementType !== SELECT && statementType !== RELATION && !isPlan) throw onlyReads();
  }

  #changes({ statementType }: DuckDBPreparedStatement): boolean {
    const { INSERT, UPDATE, DELETE, MERGE_INTO } = this.#duckdb.StatementType;
    return [INSERT, UPDATE, DELETE, MERGE_INTO].includes(statementType);
  }

  async #read(result: DuckDBResult, writer: RowWriter): Promise<void> {
    const isCount = result.returnType !== this.#duckdb.ResultReturnType.QUERY_RESULT;
    const ids = isCount
      ? []
      : result.columnTypes().map(({ typeId, alias }) => (alias === "JSON" ? jsonText : typeId));
    await writer.begin(ids.map((id, index) => ({ name: result.columnName(index), type: typeOf(id) })));
    const { JsonDuckDBValueConverter: converter } = this.#duckdb;
    const reader: ChunkReader = {
      ids,
      toJson: (chunk, column) => chunk.convertColumnValues(column, converter),
    };
    for (
      let chunk = await result.fetchChunk();
      chunk !== null && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      const columns = ids.map((_, column) => readColumn(chunk, column, reader));
      for (let row = 0; row < (isCount ? 0 : chunk.rowCount); row++)
        if (writer.add(columns.map((values) => values[row] ?? null))) await writer.flush();
    }
  }

  #bind(prepared: DuckDBPreparedStatement, index: number, value: QueryValue): void {
    if (value === null) return prepared.bindNull(index);
    if (typeof value === "boolean") return prepared.bindBoolean(index, value);
    if (typeof value === "string") return prepared.bindVarchar(index, value);
    if (typeof value === "number")
      return Number.isSafeInteger(value)
        ? prepared.bindBigInt(index, BigInt(value))
        : prepared.bindDouble(index, value);
    if ("bytes" in value)
      return prepared.bindBlob(index, Uint8Array.from(Buffer.from(value.bytes, "base64")));
    if ("date" in value) {
      const micros = BigInt(Date.parse(value.date)) * 1_000n;
      return prepared.bindTimestamp(index, new this.#duckdb.DuckDBTimestampValue(micros));
    }
    if ("json" in value) return prepared.bindVarchar(index, value.json);
    const big = BigInt(value.big);
    if (BigInt.asIntN(128, big) === big) return prepared.bindHugeInt(index, big);
    prepared.bindVarchar(index, value.big);
  }
}
