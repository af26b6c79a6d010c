import { decodeText } from "../wire/schema.ts";
import type { BrokerAnswer } from "../wire/query-answer.ts";
import { queryLimits, queryRequestSchema, type BrokerSetup } from "../wire/query.ts";
import { BrokerError } from "./errors.ts";
import { settingsOf } from "./settings.ts";
import { SqliteConnection } from "./sqlite.ts";

/** Answers questions of workers; holds the connections and what they need. */
export class Broker {
  readonly #setup: BrokerSetup;
  readonly #open = new Map<string, SqliteConnection>();

  constructor(setup: BrokerSetup) {
    this.#setup = setup;
  }

  /** Answers one question; whatever goes wrong becomes an answer. */
  answer(text: string): readonly BrokerAnswer[] {
    try {
      const decoded = decodeText(queryRequestSchema, text, queryLimits.requestChars);
      if (!decoded.ok)
        throw new BrokerError("ERR_QUERY_TEXT", `The query: expected ${decoded.expected} at ${decoded.at}.`);
      const request = decoded.value;
      if (request.texts.length !== request.values.length + 1) {
        throw new BrokerError("ERR_QUERY_TEXT", "A query has one piece of text more than it has values.");
      }
      const { columns, chunks } = this.#connection(request.connection).query(request);
      return [
        { ok: true, columns },
        ...chunks.map((chunk) => ({ ok: true as const, chunk })),
        { ok: true, end: true },
      ];
    } catch (error) {
      if (error instanceof BrokerError) return [{ ok: false, code: error.code, message: error.message }];
      const message = "The query failed; the server's log says more.";
      return [{ ok: false, code: "ERR_QUERY_FAILED", message }];
    }
  }

  #connection(name: string): SqliteConnection {
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const settings = settingsOf(name, this.#setup);
    const connection = new SqliteConnection(settings);
    this.#open.set(name, connection);
    return connection;
  }

  close(): void {
    for (const connection of this.#open.values()) connection.close();
    this.#open.clear();
  }
}
