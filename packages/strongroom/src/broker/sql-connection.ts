import { setTimeout as sleep } from "node:timers/promises";
import type { Asker } from "../wire/broker-frames.ts";
import type { BrokerRequest, QueryRequest } from "../wire/query.ts";
import { RowWriter } from "./answer.ts";
import type { Call, Connection, End } from "./connection.ts";
import type { Engine, EngineSession, Query } from "./engine.ts";
import { BrokerError, LostConnection } from "./errors.ts";
import { guardedRun } from "./guarded-run.ts";
import { textsWithNames } from "./names.ts";
import { SessionPool } from "./session-pool.ts";
import type { FileSettings, ServerSettings } from "./settings.ts";
import { checkKind, leavesTraces } from "./statement-kind.ts";
import { readStatement } from "./statement.ts";
import { stampOf } from "./tls-files.ts";
import { Transactions } from "./transactions.ts";

/** How long is waited before the first, second … other try, in ms: a server that starts anew needs a while. */
const waitsMs = [100, 1_000, 2_000];

/** A database: statements, transactions, the connections that they run on. */
export class SqlConnection implements Connection {
  readonly #settings: ServerSettings | FileSettings;
  readonly #engine: Engine;
  readonly #pool: SessionPool;
  readonly #transactions: Transactions;

  constructor(settings: ServerSettings | FileSettings, engine: Engine) {
    this.#settings = settings;
    this.#engine = engine;
    const tls = "tls" in settings ? settings.tls : undefined;
    this.#pool = new SessionPool(engine, { size: settings.pool, stamp: () => stampOf(tls) });
    // Where there is more than one connection, one is left for who only reads.
    this.#transactions = new Transactions({ pool: this.#pool, most: Math.max(1, settings.pool - 1) });
  }

  async ask(request: BrokerRequest, call: Call): Promise<End> {
    const { asker, signal } = call;
    switch (request.kind) {
      case "query":
        return this.#query(request, call);
      case "begin":
        await this.#retried(call, true, () => this.#transactions.begin(asker, request.transaction, signal));
        return {};
      case "commit":
        await this.#transactions.commit(asker, request.transaction, signal);
        return {};
      case "rollback":
        await this.#transactions.rollback(asker, request.transaction);
        return {};
      case "http":
      case "call":
        throw new BrokerError(
          "ERR_QUERY_REFUSED",
          `connections.${this.#settings.name} is a database: ask it by query, execute or transaction.`,
        );
    }
  }

  release(asker: Asker): void {
    this.#transactions.release(asker);
  }

  async close(): Promise<void> {
    await this.#transactions.close();
    await this.#pool.close();
  }

  async #query(request: QueryRequest, call: Call): Promise<End> {
    const { values, transaction: number, maxRows } = request;
    const { dialect } = this.#engine;
    const statement = readStatement(textsWithNames(request, dialect), dialect);
    checkKind(statement, this.#settings);
    const limits = { maxRows: Math.min(maxRows, this.#settings.maxRows), maxBytes: this.#settings.maxBytes };
    const isMarking = "tls" in this.#settings && leavesTraces(statement);
    const run = (session: EngineSession): Promise<End> => {
      if (isMarking) this.#pool.spend(session);
      return runQuery(session, { statement, values }, new RowWriter(call.send, limits));
    };
    if (number !== undefined)
      return this.#transactions.run({ asker: call.asker, number, signal: call.signal }, run);
    return this.#retried(call, !this.#settings.write, () => this.#once(call.signal, run));
  }

  async #once<T>(signal: AbortSignal, work: (session: EngineSession) => Promise<T>): Promise<T> {
    const session = await this.#pool.take(signal).catch((error: unknown) => {
      throw error instanceof LostConnection ? new NotOpened(error) : error;
    });
    const done = (): void => this.#pool.give(session);
    return guardedRun({ session, signal, done }, () => work(session));
  }

  /** Tries again when the connection is lost: what was not sent, or only reads. */
  async #retried<T>(call: Call, onlyReads: boolean, attempt: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        const mayRepeat = error instanceof NotOpened || (error instanceof LostConnection && onlyReads);
        if (!mayRepeat || call.hasSent() || tries >= this.#settings.retries)
          throw error instanceof NotOpened ? error.lost : error;
      }
      await sleep(waitsMs[tries] ?? waitsMs.at(-1), undefined, { signal: call.signal }).catch(() =>
        call.signal.throwIfAborted(),
      );
    }
  }
}

/** No connection could be opened: the statement was never sent. */
class NotOpened extends Error {
  readonly lost: LostConnection;

  constructor(lost: LostConnection) {
    super(lost.message);
    this.lost = lost;
  }
}

async function runQuery(session: EngineSession, query: Query, writer: RowWriter): Promise<End> {
  const { changed } = await session.run(query, writer);
  await writer.flush();
  return changed === undefined ? {} : { changed };
}
