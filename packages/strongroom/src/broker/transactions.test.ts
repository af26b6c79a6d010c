import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Engine, EngineSession } from "./engine.ts";
import { sqliteDialect } from "./dialect.ts";
import { Places } from "./places.ts";
import { SessionPool } from "./session-pool.ts";
import { Transactions } from "./transactions.ts";

/** A database that only notes what is done with its connections. */
class Noted implements Engine {
  readonly dialect = sqliteDialect;
  readonly said: string[] = [];
  opened = 0;
  closed = 0;
  /** What a connection is told to do waits for this. */
  gate: Promise<void> = Promise.resolve();

  open(): Promise<EngineSession> {
    this.opened++;
    let isUsable = true;
    const say = async (text: string): Promise<void> => {
      this.said.push(text);
      await this.gate;
    };
    return Promise.resolve({
      get isUsable() {
        return isUsable;
      },
      run: async () => {
        await say("run");
        return { changed: undefined };
      },
      begin: () => say("begin"),
      commit: () => say("commit"),
      rollback: () => say("rollback"),
      cancel: () => Promise.resolve(),
      close: () => {
        isUsable = false;
        this.closed++;
      },
    });
  }

  close(): void {}
}

const never = new AbortController().signal;
const asker = { worker: 1, session: 1 };

describe("a pool", () => {
  test("opens no more than it may, and hands on what is given back", async () => {
    const engine = new Noted();
    const pool = new SessionPool(engine, { size: 2, stamp: () => "" });
    const work = async (): Promise<void> => {
      const session = await pool.take(never);
      await sleep(1);
      pool.give(session);
    };
    await Promise.all(Array.from({ length: 50 }, work));
    expect(engine.opened).toBe(2);
    await pool.close();
    expect(engine.closed).toBe(2);
  });

  test("closes what waits for long, and what was opened with other certificates", async () => {
    const engine = new Noted();
    let stamp = "a";
    const pool = new SessionPool(engine, { size: 2, stamp: () => stamp, idleMs: 20 });
    pool.give(await pool.take(never));
    stamp = "b";
    pool.give(await pool.take(never));
    expect([engine.opened, engine.closed]).toEqual([2, 1]);
    while (engine.closed < 2) await sleep(5);
    await pool.close();
  });

  test("is waited for no longer than somebody waits, and loses no place by it", async () => {
    const pool = new SessionPool(new Noted(), { size: 1, stamp: () => "" });
    const first = await pool.take(never);
    const controller = new AbortController();
    const waiting = pool.take(controller.signal);
    controller.abort(new Error("gone"));
    await expect(waiting).rejects.toThrow("gone");
    pool.give(first);
    pool.give(await pool.take(never));
    await pool.close();
  });
});

test("places are given to who waits longest", async () => {
  const places = new Places(1);
  await places.take(never);
  const order: number[] = [];
  const waiting = [1, 2, 3].map(async (number) => {
    await places.take(never);
    order.push(number);
    places.give();
  });
  places.give();
  await Promise.all(waiting);
  expect(order).toEqual([1, 2, 3]);
});

describe("a transaction", () => {
  const made = (
    options: { idleMs?: number; most?: number } = {},
  ): { engine: Noted; transactions: Transactions } => {
    const engine = new Noted();
    const pool = new SessionPool(engine, { size: 3, stamp: () => "" });
    return { engine, transactions: new Transactions({ pool, most: options.most ?? 2, ...options }) };
  };

  test("that does nothing for long is taken back", async () => {
    const { engine, transactions } = made({ idleMs: 20 });
    await transactions.begin(asker, 1, never);
    while (transactions.size > 0) await sleep(5);
    await expect(transactions.commit(asker, 1, never)).rejects.toMatchObject({ code: "ERR_TRANSACTION" });
    expect(engine.said).toEqual(["begin", "rollback"]);
  });

  test("that is at work is not taken back for doing nothing", async () => {
    const { engine, transactions } = made({ idleMs: 20 });
    await transactions.begin(asker, 1, never);
    const { promise, resolve } = Promise.withResolvers<void>();
    engine.gate = promise;
    const running = transactions.run({ asker, number: 1, signal: never }, (session) => session.begin());
    await sleep(60);
    expect(transactions.size).toBe(1);
    resolve();
    await running;
    await transactions.commit(asker, 1, never);
    expect(engine.said).toEqual(["begin", "begin", "commit"]);
  });

  test("waits for its turn where as many are open as may be", async () => {
    const { transactions } = made({ most: 1 });
    await transactions.begin(asker, 1, never);
    const second = transactions.begin(asker, 2, never);
    expect(transactions.size).toBe(1);
    await transactions.rollback(asker, 1);
    await second;
    expect(transactions.size).toBe(1);
  });

  test("that waits for its turn when its session ends never begins", async () => {
    const { engine, transactions } = made({ most: 1 });
    await transactions.begin({ worker: 1, session: 2 }, 1, never);
    const second = transactions.begin(asker, 2, never);
    transactions.release(asker);
    await expect(second).rejects.toMatchObject({ code: "ERR_TRANSACTION" });
    expect(engine.said).toEqual(["begin"]);
    expect(transactions.size).toBe(1);
  });

  test("does one thing after the other, and is taken back whole when one is cut off", async () => {
    const { engine, transactions } = made();
    await transactions.begin(asker, 1, never);
    const { promise, resolve } = Promise.withResolvers<void>();
    engine.gate = promise;
    const controller = new AbortController();
    const first = transactions.run({ asker, number: 1, signal: controller.signal }, (session) =>
      session.begin(),
    );
    const second = transactions.run({ asker, number: 1, signal: never }, (session) => session.begin());
    while (engine.said.length < 2) await sleep(1);
    controller.abort(new Error("gone"));
    await expect(first).rejects.toThrow("gone");
    resolve();
    await expect(second).rejects.toMatchObject({ code: "ERR_TRANSACTION" });
    while (engine.said.at(-1) !== "rollback") await sleep(5);
    expect(engine.said).toEqual(["begin", "begin", "rollback"]);
  });

  test("is its session's: nobody else ends it, and releasing one leaves the others", async () => {
    const { transactions } = made();
    await transactions.begin(asker, 1, never);
    for (const other of [
      { worker: 1, session: 2 },
      { worker: 2, session: 1 },
      { worker: 11, session: 1 },
    ]) {
      await expect(transactions.commit(other, 1, never)).rejects.toMatchObject({ code: "ERR_TRANSACTION" });
      transactions.release(other);
    }
    expect(transactions.size).toBe(1);
  });
});
