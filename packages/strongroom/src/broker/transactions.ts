import type { Asker } from "../wire/broker-frames.ts";
import type { EngineSession } from "./engine.ts";
import { BrokerError } from "./errors.ts";
import { guardedRun } from "./guarded-run.ts";
import { Places } from "./places.ts";
import type { SessionPool } from "./session-pool.ts";

interface Transaction {
  readonly key: string;
  readonly asker: Asker;
  readonly session: EngineSession;
  /** One thing at a time: each waits for the one before it. */
  last: Promise<unknown>;
  timer: NodeJS.Timeout | undefined;
  isOver: boolean;
}

/** How long a transaction may do nothing, in ms: it holds locks that others wait for. */
export const idleLimitMs = 30_000;

interface TransactionsPlan {
  readonly pool: SessionPool;
  /** So many may be open at once; one more waits. */
  readonly most: number;
  readonly idleMs?: number;
}

/** The transactions of one database: each has a connection of its own until it ends. */
export class Transactions {
  readonly #plan: TransactionsPlan;
  readonly #places: Places;
  readonly #all = new Map<string, Transaction>();
  /** Begun by nobody any more while they waited for a connection. */
  readonly #opening = new Map<string, AbortController>();

  constructor(plan: TransactionsPlan) {
    this.#plan = plan;
    this.#places = new Places(plan.most);
  }

  get size(): number {
    return this.#all.size;
  }

  async begin(asker: Asker, number: number, signal: AbortSignal): Promise<void> {
    const key = keyOf(asker, number);
    if (this.#all.has(key) || this.#opening.has(key))
      throw new BrokerError("ERR_TRANSACTION", "The transaction has begun already.");
    const gone = new AbortController();
    this.#opening.set(key, gone);
    try {
      await this.#begin({ key, asker }, AbortSignal.any([signal, gone.signal]));
    } finally {
      this.#opening.delete(key);
    }
  }

  async #begin({ key, asker }: { key: string; asker: Asker }, signal: AbortSignal): Promise<void> {
    await this.#places.take(signal);
    let session: EngineSession;
    try {
      session = await this.#plan.pool.take(signal);
    } catch (error) {
      this.#places.give();
      throw error;
    }
    const transaction: Transaction = {
      key,
      asker,
      session,
      last: Promise.resolve(),
      timer: undefined,
      isOver: false,
    };
    this.#all.set(key, transaction);
    try {
      await this.#do(transaction, signal, () => session.begin());
    } catch (error) {
      await this.#end(transaction);
      throw error;
    }
  }

  /** Does something within a transaction. What is cut off by the signal takes the whole transaction with it. */
  async run<T>(
    { asker, number, signal }: { asker: Asker; number: number; signal: AbortSignal },
    work: (session: EngineSession) => Promise<T>,
  ): Promise<T> {
    const transaction = this.#find(asker, number);
    return this.#do(transaction, signal, () => work(transaction.session));
  }

  async commit(asker: Asker, number: number, signal: AbortSignal): Promise<void> {
    const transaction = this.#find(asker, number);
    let isCommitted = false;
    try {
      await this.#do(transaction, signal, () => transaction.session.commit());
      isCommitted = true;
    } finally {
      await this.#end(transaction, isCommitted);
    }
  }

  /** Takes everything back; one that is over already has been. */
  async rollback(asker: Asker, number: number): Promise<void> {
    const key = keyOf(asker, number);
    this.#opening.get(key)?.abort(over());
    const transaction = this.#all.get(key);
    if (transaction !== undefined) await this.#end(transaction);
  }

  /** Takes back what an asker has open. */
  release({ worker, session }: Asker): void {
    for (const [key, opening] of this.#opening)
      if (key.startsWith(`${worker}:${session}:`)) opening.abort(over());
    for (const transaction of this.#all.values())
      if (transaction.asker.worker === worker && transaction.asker.session === session)
        void this.#end(transaction);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all.values()].map((transaction) => this.#end(transaction)));
  }

  #find(asker: Asker, number: number): Transaction {
    const transaction = this.#all.get(keyOf(asker, number));
    if (transaction === undefined || transaction.isOver) throw over();
    return transaction;
  }

  async #do<T>(transaction: Transaction, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    clearTimeout(transaction.timer);
    const { session } = transaction;
    const { promise: idle, resolve: done } = Promise.withResolvers<void>();
    const { last } = transaction;
    transaction.last = idle;
    void idle.then(() => this.#rest(transaction, signal));
    await last;
    if (!transaction.isOver && session.isUsable) return guardedRun({ session, signal, done }, work);
    done();
    throw over();
  }

  /** Nothing is done in it for now. */
  #rest(transaction: Transaction, signal: AbortSignal): void {
    if (signal.aborted || !transaction.session.isUsable) return void this.#end(transaction);
    clearTimeout(transaction.timer);
    if (!transaction.isOver)
      transaction.timer = setTimeout(
        () => void this.#end(transaction),
        this.#plan.idleMs ?? idleLimitMs,
      ).unref();
  }

  /** Takes back what was not committed, and gives the connection back. */
  async #end(transaction: Transaction, isCommitted = false): Promise<void> {
    if (transaction.isOver) return;
    transaction.isOver = true;
    clearTimeout(transaction.timer);
    this.#all.delete(transaction.key);
    const { session } = transaction;
    await session.cancel().catch(() => {});
    await transaction.last;
    if (session.isUsable && !isCommitted) await session.rollback().catch(() => session.close());
    this.#plan.pool.give(session);
    this.#places.give();
  }
}

function keyOf({ worker, session }: Asker, number: number): string {
  return `${worker}:${session}:${number}`;
}

function over(): BrokerError {
  const seconds = idleLimitMs / 1_000;
  return new BrokerError(
    "ERR_TRANSACTION",
    `The transaction is over and was taken back: it did nothing for ${seconds} s, its run has ended, or its connection was lost.`,
  );
}
