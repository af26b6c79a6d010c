import type * as mysql2 from "mysql2";
import type { RowWriter } from "../answer.ts";
import { mysqlDialect } from "../dialect.ts";
import { loadDriver } from "../driver-package.ts";
import type { Engine, EngineSession, Outcome, Query } from "../engine.ts";
import type { ServerSettings } from "../settings.ts";
import { withPlaceholders } from "../statement.ts";
import { openError, queryError } from "./errors.ts";
import { execute } from "./execute.ts";
import { configOf, setUpOf } from "./options.ts";
import { toMysql } from "./types.ts";

type Driver = Pick<typeof mysql2, "createConnection" | "TypedParameter">;

export function mysqlEngine(settings: ServerSettings): Engine {
  // The package's types say what it exports.
  const driver = loadDriver(settings.appFolder, "mysql2", "mysql2") as Driver;
  return {
    dialect: mysqlDialect,
    open: () => MysqlSession.open(settings, driver),
    close: () => {},
  };
}

class MysqlSession implements EngineSession {
  readonly #settings: ServerSettings;
  readonly #driver: Driver;
  readonly #connection: mysql2.Connection;
  #isUsable = true;
  #isRunning = false;
  #inTransaction = false;

  private constructor(settings: ServerSettings, driver: Driver) {
    this.#settings = settings;
    this.#driver = driver;
    this.#connection = driver.createConnection(configOf(settings));
    for (const end of ["error", "end"]) this.#connection.on(end, () => (this.#isUsable = false));
  }

  static async open(settings: ServerSettings, driver: Driver): Promise<MysqlSession> {
    let session: MysqlSession | undefined;
    try {
      session = new MysqlSession(settings, driver);
      await session.#connected();
      await session.#setUp();
      return session;
    } catch (error) {
      session?.close();
      throw openError(error);
    }
  }

  get isUsable(): boolean {
    return this.#isUsable;
  }

  async run(query: Query, writer: RowWriter): Promise<Outcome> {
    return this.#busy(async () => {
      if (this.#inTransaction || this.#settings.write) return this.#execute(query, writer);
      await this.#say("start transaction read only");
      const outcome = await this.#execute(query, writer).catch(async (error: unknown) => {
        if (this.#isUsable) await this.#say("rollback");
        throw error;
      });
      await this.#say("rollback");
      return outcome;
    });
  }

  async begin(): Promise<void> {
    await this.#busy(() =>
      this.#say(this.#settings.write ? "start transaction" : "start transaction read only"),
    );
    this.#inTransaction = true;
  }

  async commit(): Promise<void> {
    this.#inTransaction = false;
    await this.#busy(() => this.#say("commit"));
  }

  async rollback(): Promise<void> {
    this.#inTransaction = false;
    await this.#busy(() => this.#say("rollback"));
  }

  /** Asks the server on a connection of its own. */
  async cancel(): Promise<void> {
    const { threadId } = this.#connection;
    if (!this.#isRunning || !this.#isUsable || !Number.isSafeInteger(threadId)) return;
    const other = new MysqlSession(this.#settings, this.#driver);
    try {
      await other.#connected();
      if (this.#isRunning) await other.#ask(`kill query ${threadId}`);
    } finally {
      other.close();
    }
  }

  close(): void {
    const wasUsable = this.#isUsable;
    this.#isUsable = false;
    if (wasUsable && !this.#isRunning) this.#connection.end(() => {});
    else this.#connection.destroy();
  }

  async #busy<T>(work: () => Promise<T>): Promise<T> {
    this.#isRunning = true;
    try {
      return await work();
    } catch (error) {
      throw queryError(error, !this.#isUsable);
    } finally {
      this.#isRunning = false;
    }
  }

  #connected(): Promise<void> {
    return new Promise((resolve, reject) =>
      this.#connection.connect((error) => (error ? reject(error) : resolve())),
    );
  }

  async #setUp(): Promise<void> {
    const [[version]] = (await this.#ask("select @@version")) as [[string]];
    for (const sql of setUpOf(version, this.#settings)) await this.#ask(sql);
  }

  /** A statement of ours, without values. */
  #ask(sql: string): Promise<unknown> {
    return new Promise((resolve, reject) =>
      this.#connection.query({ sql, rowsAsArray: true }, (error, rows) =>
        error ? reject(error) : resolve(rows),
      ),
    );
  }

  async #say(sql: string): Promise<void> {
    await this.#ask(sql);
  }

  #execute({ statement, values }: Query, writer: RowWriter): Promise<Outcome> {
    const sql = withPlaceholders(statement, () => "?");
    const bound = values.map((value) => toMysql(value, this.#driver));
    return execute(
      { connection: this.#connection, broken: () => void (this.#isUsable = false) },
      { sql, bound, writer },
    );
  }
}
