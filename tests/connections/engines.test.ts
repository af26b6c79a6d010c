import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { QueryValue } from "../../packages/strongroom/src/wire/query.ts";
import type { DatabaseServer } from "../servers/postgres.ts";
import { engines } from "./engines.ts";
import { TestBroker, type Outcome } from "./test-broker.ts";

const noValue = "canary-4711-value";
const asker = { worker: 7, session: 3 };

describe.each(engines)("a connection to $name", { timeout: 120_000 }, (engine) => {
  let server: DatabaseServer | undefined;
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "strongroom-engine-"));
    server = await engine.serve();
    await using broker = open({ write: true });
    for (const text of [
      engine.types,
      "create table items (id int primary key, name varchar(50) not null, price int check (price > 0))",
      "create table parts (item int references items (id), n int)",
      "insert into items values (1, 'one', 10), (2, 'two', 20)",
    ])
      expect(await broker.query(text), text).not.toHaveProperty("code");
  }, 120_000);
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A broker whose one connection is to this database. */
  function open(more: Readonly<Record<string, unknown>> = {}): TestBroker {
    return new TestBroker({ shop: { ...engine.settings(server, folder), ...more } });
  }

  /** Waits until the endless query is at work, in its server or in this process. */
  async function endlessAtWork(): Promise<void> {
    const { atWork } = engine;
    if (server !== undefined && atWork !== undefined) {
      await expect.poll(async () => Number((await server?.admin(atWork))?.[0]?.[0])).toBe(1);
    } else {
      const { user } = process.cpuUsage();
      await expect.poll(() => process.cpuUsage().user - user).toBeGreaterThan(100_000);
    }
  }

  const codeOf = (outcome: Outcome): string => ("code" in outcome ? outcome.code : "none");

  test("carries every kind of value there and back", async () => {
    await using broker = open({ write: true });
    const at = "2026-01-02T03:04:05.678Z";
    const values: QueryValue[] = [
      1,
      true,
      -42,
      { big: "9007199254740993" },
      0.1,
      "12345.6789",
      "Zoë ' \" \\ ; -- €😀",
    ];
    values.push({ bytes: Buffer.from([0, 1, 254, 255]).toString("base64") }, { date: at }, { date: at });
    values.push("2026-01-02", "13:14:15", { json: '{"a":[1,null,"x"]}' });
    await broker.query("delete from kinds");
    const inserted = await broker.query(`insert into kinds values (${values.map(() => "?").join()})`, {
      values,
    });
    expect(inserted).toMatchObject({ changed: 1 });
    await broker.query("insert into kinds (id) values (2)");
    const outcome = await broker.query("select * from kinds order by id");
    if (!("values" in outcome)) throw new Error(outcome.message);
    const [flag] = outcome.values[1] ?? [];
    expect([true, 1]).toContain(flag); // MySQL has no boolean of its own
    expect(outcome.values.map(([first]) => first).toSpliced(1, 1)).toEqual([
      1,
      -42,
      9_007_199_254_740_993n,
      0.1,
      12_345.678_9,
      "Zoë ' \" \\ ; -- €😀",
      Uint8Array.of(0, 1, 254, 255),
      new Date(at),
      new Date(at),
      "2026-01-02",
      "13:14:15",
      { a: [1, null, "x"] },
    ]);
    expect(outcome.values.map(([, second]) => second)).toEqual([
      2,
      ...Array.from({ length: 12 }, () => null),
    ]);
    const types = outcome.columns.map(({ type }) => type).toSpliced(1, 1);
    expect(types).toEqual([
      "integer",
      "integer",
      "integer",
      "number",
      "number",
      "text",
      "bytes",
      "instant",
      "instant",
      "date",
      "time",
      "json",
    ]);
  });

  test("finds rows by values of every kind", async () => {
    await using broker = open({ write: true });
    await broker.query("delete from kinds");
    const at = { date: "2026-05-06T07:08:09.000Z" };
    const big = { big: "-9223372036854775807" };
    await broker.query("insert into kinds (id, big, part, moment, day) values (?, ?, ?, ?, '2026-05-06')", {
      values: [5, big, 2.5, at],
    });
    for (const [text, value] of [
      ["id = ?", 5],
      ["id < ?", 5.5],
      ["big = ?", big],
      ["part = ?", 2.5],
      ["moment = ?", at],
      ["moment <= ?", { date: "2026-05-06T07:08:09.001Z" }],
      ["day = ?", "2026-05-06"],
      ["id + 1 = ?", 6],
    ] as const)
      expect(await broker.rows(`select id from kinds where ${text}`, { values: [value] }), text).toEqual([
        [5],
      ]);
    expect(await broker.rows("select id from kinds limit ?", { values: [1] })).toEqual([[5]]);
  });

  test("keeps two columns of the same name apart, and one called __proto__", async () => {
    await using broker = open();
    const outcome = await broker.query(
      engine.name === "mysql"
        ? "select 1 as a, 2 as a, 3 as `__proto__`"
        : 'select 1 as a, 2 as a, 3 as "__proto__"',
    );
    expect(outcome).toMatchObject({
      columns: [{ name: "a" }, { name: "a" }, { name: "__proto__" }],
      values: [[1], [2], [3]],
    });
  });

  test("only reads where it was not told to write, whatever the statement is", async () => {
    {
      await using broker = open();
      const attempts = [
        "insert into items values (9, 'nine', 9)",
        "update items set price = 99",
        "delete from items",
        "drop table items",
        "create table other (a int)",
        "with a as (select 1) insert into items select 8, 'x', 1",
        "select 1; delete from items",
        engine.name === "postgres"
          ? "with a as (delete from items returning *) select * from a"
          : "truncate items",
        engine.name === "postgres"
          ? "explain analyze delete from items"
          : "replace into items values (1, 'x', 1)",
        "begin",
        "set autocommit = 1",
      ];
      for (const text of attempts)
        expect(codeOf(await broker.query(text)), text).toMatch(/^ERR_QUERY_(REFUSED|TEXT|FAILED)$/);
      const begun = { kind: "begin", connection: "shop", transaction: 1 } as const;
      expect(await broker.ask(begun)).not.toHaveProperty("code");
      for (const text of attempts)
        expect(codeOf(await broker.query(text, { transaction: 1 })), text).toMatch(
          /^ERR_QUERY_|^ERR_TRANSACTION/,
        );
    }
    await using broker = open();
    expect(await broker.rows("select id, price from items order by id")).toEqual([
      [1, 10],
      [2, 20],
    ]);
  });

  test.runIf(engine.name === "postgres")("is not talked out of only reading", async () => {
    await using broker = open({ pool: 1 });
    const talks = ["transaction_read_only", "default_transaction_read_only"].map(
      (name) => `select set_config('${name}', 'off', false)`,
    );
    const change = "with a as (delete from items returning *) select * from a";
    const begin = { kind: "begin", connection: "shop", transaction: 1 } as const;
    for (const talk of talks) {
      await broker.query(talk);
      expect(codeOf(await broker.query(change)), talk).toBe("ERR_QUERY_REFUSED");
      await broker.ask(begin);
      await broker.query(talk, { transaction: 1 });
      expect(codeOf(await broker.query(change, { transaction: 1 })), talk).toMatch(/^ERR_QUERY_/);
      await broker.ask({ ...begin, kind: "commit" });
      expect(codeOf(await broker.query(change)), talk).toBe("ERR_QUERY_REFUSED");
    }
    expect(await broker.rows("select count(*) from items")).toEqual([[2]]);
    expect(await broker.rows("select current_setting('default_transaction_read_only')")).toEqual([["on"]]);
  });

  test.skipIf(engine.name === "sqlite" || engine.name === "duckdb")(
    "leaves nothing of one who asked to the next",
    async () => {
      await using broker = open({ write: true, pool: 1 });
      const one = { transaction: 1, asker };
      const begin = { kind: "begin", connection: "shop", transaction: 1 } as const;
      const isPostgres = engine.name === "postgres";
      const mark = isPostgres ? "select set_config('app.who', 'ann', false)" : "select @who := 'ann'";
      const left = isPostgres
        ? "select coalesce(current_setting('app.who', true), '')"
        : "select convert(coalesce(@who, '') using utf8mb4)";
      await broker.query(mark);
      expect(await broker.rows(left)).toEqual([[""]]);
      await broker.ask(begin, asker);
      await broker.query(mark, one);
      // Within its transaction it is there.
      expect(await broker.rows(left, one)).toEqual([["ann"]]);
      await broker.ask({ ...begin, kind: "commit" }, asker);
      expect(await broker.rows(left)).toEqual([[""]]);
      await broker.query("create temporary table mine (a int)");
      expect(codeOf(await broker.query("select * from mine"))).toBe("ERR_QUERY_FAILED");
    },
  );

  test("refuses two statements in one text, also where it may write", async () => {
    await using broker = open({ write: true });
    for (const text of [
      "select 1; select 2",
      "select 1; drop table items",
      "insert into items values (7,'x',1); select 1",
    ])
      expect(codeOf(await broker.query(text)), text).toBe("ERR_QUERY_TEXT");
    expect(await broker.rows("select count(*) from items")).toEqual([[2]]);
  });

  test("says what is wrong in the database's words, and never a value", async () => {
    await using broker = open({ write: true });
    const cases = [
      ["select * from nowhere", [], "ERR_QUERY_FAILED", /nowhere/],
      ["select nothing from items", [], "ERR_QUERY_FAILED", /nothing/],
      ["selec 1", [], /ERR_QUERY_(FAILED|REFUSED)/, /./],
      ["insert into items values (1, ?, 5)", [noValue], "ERR_QUERY_CONSTRAINT", /items|primary|PRIMARY/],
      ["insert into items values (50, null, 5)", [], "ERR_QUERY_CONSTRAINT", /name/],
      ["insert into items values (51, ?, -5)", [noValue], "ERR_QUERY_CONSTRAINT", /./],
      ["insert into items values (?, 'x', 5)", [noValue], /ERR_QUERY|none/, /./],
      ["insert into items values (52, ?, ?)", ["x", noValue], /ERR_QUERY|none/, /./],
    ] as const;
    for (const [text, values, code, words] of cases) {
      const outcome = await broker.query(text, { values });
      expect(codeOf(outcome), text).toMatch(code);
      if ("message" in outcome) expect(outcome.message, text).toMatch(words);
      expect(JSON.stringify(outcome), text).not.toContain(noValue);
    }
    await broker.query("delete from items where id > 2");
    expect(broker.reports).toEqual([]);
  });

  test("answers large results in parts, whole and in order", async () => {
    await using broker = open();
    const outcome = await broker.query(engine.numbers(20_000));
    expect(outcome).toMatchObject({ columns: [{ name: "i", type: "integer" }] });
    const [numbers = []] = "values" in outcome ? outcome.values : [];
    expect(numbers).toHaveLength(20_000);
    expect(numbers.every((value, index) => value === index + 1)).toBe(true);
    expect(broker.parts).toBeGreaterThan(4);
  });

  test("sends no further than its parts are taken", async () => {
    await using broker = open({ pool: 2 });
    broker.isTaking = false;
    const { id, answer } = broker.sendQuery(engine.numbers(90_000));
    while (broker.parts < 4) await new Promise((resolve) => setTimeout(resolve, 10));
    broker.isTaking = true;
    for (let turn = 0; turn < 20; turn++) await broker.query("select 1");
    // Each of the twenty was answered in two parts: the first one still waits for its own to be taken.
    expect(broker.parts).toBe(4 + 20 * 2);
    broker.broker.cancel(id);
    expect(codeOf(await answer)).toBe("ERR_QUERY_FAILED");
    expect(await broker.rows("select count(*) from items")).toEqual([[2]]);
  });

  test("says that there are too many rows or bytes, and is of use afterwards", async () => {
    await using broker = open({ maxBytes: "100kb", maxRows: 50_000 });
    expect(codeOf(await broker.query(engine.numbers(1_001), { maxRows: 1_000 }))).toBe("ERR_QUERY_TOO_LARGE");
    expect(codeOf(await broker.query(engine.numbers(1_000), { maxRows: 1_000 }))).toBe("none");
    const bytes = await broker.query(engine.numbers(49_000), { maxRows: 5_000_000 });
    expect(bytes).toMatchObject({ code: "ERR_QUERY_TOO_LARGE", message: expect.stringContaining("0.1 MB") });
    expect(codeOf(await broker.query(engine.numbers(120_000), { maxRows: 5_000_000 }))).toBe(
      "ERR_QUERY_TOO_LARGE",
    );
    expect(await broker.rows("select count(*) from items")).toEqual([[2]]);
  });

  test("ends what takes too long, while others go on", async () => {
    await using broker = open({ timeout: "5s", pool: 2 });
    await Promise.all([broker.query("select 1"), broker.query("select 1")]);
    const slow = broker.query(engine.endless);
    for (let turn = 0; turn < 3; turn++)
      expect(await broker.rows("select count(*) from items")).toEqual([[2]]);
    expect(codeOf(await slow)).toBe("ERR_QUERY_TIMEOUT");
    expect(await broker.rows("select count(*) from items")).toEqual([[2]]);
  });

  test("ends what nobody waits for any more, in the database too", async () => {
    await using broker = open({ pool: 1 });
    await broker.query("select 1");
    const { id, answer } = broker.sendQuery(engine.endless);
    await endlessAtWork();
    broker.broker.cancel(id);
    expect(codeOf(await answer)).toBe("ERR_QUERY_FAILED");
    // The pool has one connection: it is free again.
    expect(await broker.rows("select count(*) from items")).toEqual([[2]]);
  });

  test("commits a transaction whole, and shows nothing of it before", async () => {
    await using broker = open({ write: true });
    const tx = { kind: "begin", connection: "shop", transaction: 4 } as const;
    expect(await broker.ask(tx, asker)).not.toHaveProperty("code");
    const within = { transaction: 4, asker };
    await broker.query("insert into items values (10, 'ten', 1)", within);
    expect(await broker.rows("select count(*) from items where id = 10", within)).toEqual([[1]]);
    expect(await broker.rows("select count(*) from items where id = 10")).toEqual([[0]]);
    // The number means nothing in the mouth of another session.
    expect(codeOf(await broker.query("select 1", { transaction: 4 }))).toBe("ERR_TRANSACTION");
    expect(await broker.ask({ ...tx, kind: "commit" }, asker)).not.toHaveProperty("code");
    expect(await broker.rows("select count(*) from items where id = 10")).toEqual([[1]]);
    expect(codeOf(await broker.query("select 1", within))).toBe("ERR_TRANSACTION");
    await broker.query("delete from items where id = 10");
  });

  test("takes a transaction back when it is told to, when its session ends, and when its run does", async () => {
    await using broker = open({ write: true, pool: 3 });
    const begin = { kind: "begin", connection: "shop", transaction: 5 } as const;
    const within = { transaction: 5, asker };
    const next = { ...begin, transaction: 6 };
    const count = (): Promise<unknown[][]> => broker.rows("select count(*) from items");
    const ways = [
      () => broker.ask({ ...begin, kind: "rollback" }, asker),
      () => Promise.resolve(broker.broker.release(asker)),
      async () => {
        const { id, answer } = broker.sendQuery(engine.endless, within);
        await endlessAtWork();
        broker.broker.cancel(id);
        await answer;
      },
    ];
    for (const end of ways) {
      expect(await broker.ask(begin, asker)).not.toHaveProperty("code");
      await broker.query("insert into items values (11, 'x', 1)", within);
      await end();
      // The place that it held is free for the next one, which waits until the lock is gone.
      expect(await broker.ask(next, asker)).not.toHaveProperty("code");
      await broker.ask({ ...next, kind: "rollback" }, asker);
      expect(await count()).toEqual([[2]]);
    }
  });

  test("lets a transaction fail that cannot be kept", async () => {
    await using broker = open({ write: true });
    const begin = { kind: "begin", connection: "shop", transaction: 6 } as const;
    await broker.ask(begin, asker);
    await broker.query("insert into items values (12, 'x', 1)", { transaction: 6, asker });
    const failed = await broker.query("insert into items values (1, 'x', 1)", { transaction: 6, asker });
    expect(codeOf(failed)).toBe("ERR_QUERY_CONSTRAINT");
    await broker.ask({ ...begin, kind: "rollback" }, asker);
    expect(await broker.rows("select count(*) from items")).toEqual([[2]]);
  });

  test("answers 10,000 queries of 100 sessions with the connections that it may have", async () => {
    await using broker = open({ pool: 4 });
    let wrong = 0;
    let most = 0;
    const session = async (number: number): Promise<void> => {
      const who = { worker: number % 3, session: number };
      for (let turn = 0; turn < 100; turn++) {
        const values = [number * 1_000 + turn];
        const [[value] = []] = await broker.rows("select ? + 0 as v", { values, asker: who });
        if (Number(value) !== number * 1_000 + turn) wrong++;
      }
    };
    const sessions = Promise.all(Array.from({ length: 100 }, (_, number) => session(number)));
    let isOver = false;
    void sessions.finally(() => (isOver = true));
    while (!isOver && server !== undefined) {
      most = Math.max(most, await server.connections());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await sessions;
    expect(wrong).toBe(0);
    expect(most).toBeLessThanOrEqual(4);
    if (server !== undefined) expect(await server.connections()).toBeLessThanOrEqual(4);
  }, 120_000);

  test.skipIf(engine.name === "sqlite" || engine.name === "duckdb")(
    "reads on when the server is started anew, and its pool heals",
    async () => {
      await using reader = open({ retries: 5 });
      await using writer = open({ write: true, retries: 0 });
      await reader.query("select 1");
      await writer.query("select 1");
      const begin = { kind: "begin", connection: "shop", transaction: 8 } as const;
      await writer.ask(begin, asker);
      await writer.query("insert into items values (13, 'x', 1)", { transaction: 8, asker });
      await server?.stop();
      const waiting = Promise.all(
        [1, 2, 3, 4, 5, 6].map((value) => reader.rows("select ? + 0 as v", { values: [value] })),
      );
      await server?.start();
      expect((await waiting).map((rows) => Number(rows[0]?.[0]))).toEqual([1, 2, 3, 4, 5, 6]);
      expect(codeOf(await writer.query("select 1", { transaction: 8, asker }))).toMatch(
        /ERR_TRANSACTION|ERR_CONNECTION_FAILED/,
      );
      expect(await writer.rows("select count(*) from items")).toEqual([[2]]);
      expect(await reader.rows("select count(*) from items")).toEqual([[2]]);
    },
    60_000,
  );

  test.skipIf(engine.name === "sqlite" || engine.name === "duckdb")(
    "says what is wrong when there is no server, and when it refuses who asks",
    async () => {
      await using nowhere = open({ port: 1, retries: 0 });
      expect(await nowhere.query("select 1")).toMatchObject({
        code: "ERR_CONNECTION_FAILED",
        message: expect.stringMatching(/ECONNREFUSED.*`port`/),
      });
      await using refused = open({ password: "wrong-canary-4711", retries: 0 });
      const outcome = await refused.query("select 1");
      expect(outcome).toMatchObject({
        code: "ERR_CONNECTION_FAILED",
        message: expect.stringMatching(/`password`/),
      });
      expect(JSON.stringify(outcome)).not.toContain("canary");
    },
  );
});
