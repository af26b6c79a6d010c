import { setTimeout as sleep } from "node:timers/promises";
import { toBroker } from "../../wire/broker-frames.ts";
import type { RowWriter } from "../answer.ts";
import { sqliteDialect } from "../dialect.ts";
import type { Engine, EngineSession, Outcome, Query } from "../engine.ts";
import type { FileSettings } from "../settings.ts";
import { withPlaceholders } from "../statement.ts";
import { SqliteProcess } from "./sqlite-process.ts";

/** A process that goes on for so long after it was told to end its query is killed, in ms. */
const patienceMs = 100;

export function sqliteEngine(settings: FileSettings): Engine {
  return { dialect: sqliteDialect, open: () => SqliteSession.open(settings), close: () => {} };
}

class SqliteSession implements EngineSession {
  readonly #settings: FileSettings;
  readonly #process: SqliteProcess;

  private constructor(settings: FileSettings) {
    this.#settings = settings;
    this.#process = new SqliteProcess(settings.appFolder, settings.tie);
  }

  static async open(settings: FileSettings): Promise<SqliteSession> {
    const session = new SqliteSession(settings);
    const { path = "", seed, write } = settings;
    try {
      await session.#process.ask(toBroker.setup, { path, ...(seed === undefined ? {} : { seed }), write });
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  get isUsable(): boolean {
    return this.#process.isAlive;
  }

  async run({ statement, values }: Query, writer: RowWriter): Promise<Outcome> {
    const sql = withPlaceholders(statement, () => "?");
    const { send, limits } = writer;
    const message = { kind: "query", sql, verb: statement.words[0], values, ...limits };
    const { changed } = await this.#process.ask(toBroker.ask, message, send);
    return { changed };
  }

  async begin(): Promise<void> {
    await this.#say(this.#settings.write ? "begin immediate" : "begin");
  }

  async commit(): Promise<void> {
    await this.#say("commit");
  }

  async rollback(): Promise<void> {
    await this.#say("rollback");
  }

  async cancel(): Promise<void> {
    if (!this.#process.isBusy) return;
    this.#process.cancel();
    for (let waited = 0; waited < patienceMs && this.#process.isBusy; waited += 10) await sleep(10);
    if (this.#process.isBusy) this.#process.kill();
  }

  close(): void {
    if (this.#process.isBusy) this.#process.kill();
    this.#process.end();
  }

  async #say(sql: string): Promise<void> {
    await this.#process.ask(toBroker.ask, { kind: "say", sql });
  }
}
