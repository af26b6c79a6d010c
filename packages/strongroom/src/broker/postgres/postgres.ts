import type { Client } from "pg";
import type { RowWriter } from "../answer.ts";
import { postgresDialect } from "../dialect.ts";
import { loadDriver } from "../driver-package.ts";
import type { Engine, EngineSession, Outcome, Query } from "../engine.ts";
import { BrokerError } from "../errors.ts";
import type { ServerSettings } from "../settings.ts";
import { withPlaceholders } from "../statement.ts";
import { readAll, type CursorClass } from "./cursor.ts";
import { openError, queryError } from "./errors.ts";
import { asText, bound, configOf, extended, placeholder, processOf, setUp, socketOf } from "./options.ts";

interface Driver {
  readonly Client: typeof Client;
  readonly Cursor: CursorClass;
}

export function postgresEngine(settings: ServerSettings): Engine {
  const { appFolder } = settings;
  const install = "pg pg-cursor";
  // The packages' types say what they export.
  const { Client } = loadDriver(appFolder, "pg", install) as { Client: Driver["Client"] };
  const Cursor = loadDriver(appFolder, "pg-cursor", install) as CursorClass;
  return {
    dialect: postgresDialect,
    open: () => PostgresSession.open(settings, { Client, Cursor }),
    close: () => {},
  };
}

class PostgresSession implements EngineSession {
  readonly #settings: ServerSettings;
  readonly #driver: Driver;
  readonly #client: Client;
  #isUsable = true;
  #isRunning = false;
  #inTransaction = false;

  private constructor(settings: ServerSettings, driver: Driver, client: Client) {
    this.#settings = settings;
    this.#driver = driver;
    this.#client = client;
    for (const end of ["error", "end"] as const) client.on(end, () => (this.#isUsable = false));
  }

  static async open(settings: ServerSettings, driver: Driver): Promise<PostgresSession> {
    let session: PostgresSession | undefined;
    try {
      session = new PostgresSession(settings, driver, new driver.Client(configOf(settings)));
      await session.#client.connect();
      await session.#client.query(setUp(settings));
      return session;
    } catch (error) {
      void session?.close();
      throw openError(error);
    }
  }

  get isUsable(): boolean {
    return this.#isUsable;
  }

  async run(query: Query, writer: RowWriter): Promise<Outcome> {
    return this.#busy(async () => {
      if (this.#inTransaction) return this.#read(query, writer);
      // Always in a transaction: what it sets for its session is taken back, and no commit fails unheard.
      await this.#say(this.#settings.write ? "begin" : "begin read only");
      try {
        const outcome = await this.#read(query, writer);
        await this.#say(this.#settings.write ? "commit" : "rollback");
        return outcome;
      } catch (error) {
        await this.#say("rollback").catch(() => (this.#isUsable = false));
        throw error;
      }
    });
  }

  async begin(): Promise<void> {
    await this.#busy(() => this.#say(this.#settings.write ? "begin" : "begin read only"));
    this.#inTransaction = true;
  }

  async commit(): Promise<void> {
    this.#inTransaction = false;
    const command = await this.#busy(() => this.#say("commit"));
    if (command === "ROLLBACK")
      throw new BrokerError(
        "ERR_TRANSACTION",
        "The transaction was taken back: a statement in it had failed.",
      );
  }

  async rollback(): Promise<void> {
    this.#inTransaction = false;
    await this.#busy(() => this.#say("rollback"));
  }

  /** Asks the server on a connection of its own, so that it is asked under TLS and by the same user. */
  async cancel(): Promise<void> {
    if (!this.#isRunning || !this.#isUsable) return;
    const client = new this.#driver.Client(configOf(this.#settings));
    client.on("error", () => {}); // its own queries tell
    try {
      await client.connect();
      if (this.#isRunning)
        await client.query(extended("select pg_cancel_backend($1)", [processOf(this.#client)]));
    } finally {
      await client.end().catch(() => {});
    }
  }

  async close(): Promise<void> {
    this.#isUsable = false;
    // One that is busy does not hear a goodbye.
    if (this.#isRunning) socketOf(this.#client)?.destroy();
    else await this.#client.end().catch(() => {});
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

  async #say(text: string): Promise<string> {
    return (await this.#client.query(extended(text))).command;
  }

  async #read({ statement, values }: Query, writer: RowWriter): Promise<Outcome> {
    const text = withPlaceholders(statement, (index) => placeholder(index, values[index]));
    const cursor = new this.#driver.Cursor(text, values.map(bound), { rowMode: "array", types: asText });
    return readAll(this.#client.query(cursor), writer);
  }
}
