import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { QueryValue } from "../wire/query.ts";
import type { BrokerAnswer } from "../wire/query-answer.ts";
import { Broker } from "./broker.ts";

const seed = `create table orders (id integer primary key, region text, total real, photo blob, big integer);
insert into orders values (1, 'EU', 10.5, x'0102', 9007199254740993), (2, 'US', 20, null, 7);`;

/** The parts of an answer as one: its rows, or what was wrong. */
function wholeOf(parts: readonly BrokerAnswer[]) {
  const rows: QueryValue[][] = [];
  let columns: readonly string[] = [];
  for (const part of parts) {
    if (!part.ok) return part;
    if ("columns" in part) columns = part.columns.map(({ name }) => name);
    if ("chunk" in part)
      for (const [index, column] of part.chunk.entries())
        for (const [row, value] of column.entries()) (rows[row] ??= [])[index] = value;
  }
  return { ok: true as const, columns, rows };
}

/** A broker on a folder of its own with a seeded database; both are gone at the end of the test. */
function seeded(more: Readonly<Record<string, unknown>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "broker-"));
  writeFileSync(join(folder, "seed.sql"), seed);
  const broker = new Broker({
    appFolder: folder,
    connections: { shop: { type: "sqlite", path: "data/shop.db", seed: "seed.sql", ...more } },
  });
  const ask = (texts: readonly string[], values: readonly QueryValue[] = [], maxRows = 100) =>
    wholeOf(broker.answer(JSON.stringify({ kind: "query", connection: "shop", texts, values, maxRows })));
  return {
    folder,
    broker,
    ask,
    [Symbol.dispose]: () => {
      broker.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

test("makes a database from its seed and answers rows with their types", () => {
  using shop = seeded();
  expect(shop.ask(["select * from orders where region = ", " order by id"], ["EU"])).toEqual({
    ok: true,
    columns: ["id", "region", "total", "photo", "big"],
    rows: [[1, "EU", 10.5, { bytes: "AQI=" }, { big: "9007199254740993" }]],
  });
});

test("leaves no database behind when the seed is wrong", () => {
  using shop = seeded();
  writeFileSync(join(shop.folder, "seed.sql"), "create table a (b); insert into nowhere values (1)");
  expect(shop.ask(["select 1"]).ok).toBe(false);
  expect(existsSync(join(shop.folder, "data/shop.db"))).toBe(false);
});

test.each([
  ["drop table orders"],
  ["update orders set total = 0"],
  ["attach 'other.db' as other"],
  ["pragma journal_mode = delete"],
  ["vacuum into 'copy.db'"],
  ["select load_extension('x')"],
])("refuses what a reading connection must not do: %s", (text) => {
  using shop = seeded();
  expect(shop.ask([text]).ok).toBe(false);
  expect(shop.ask(["select count(*) from orders"])).toMatchObject({ rows: [[2]] });
});

test("changes data only where the operator allows it", () => {
  using shop = seeded({ write: true });
  expect(shop.ask(["update orders set total = ", ""], [0])).toMatchObject({ ok: true });
  expect(shop.ask(["select sum(total) from orders"])).toMatchObject({ rows: [[0]] });
});

test.each([
  [["select 1; select 2"], []],
  [["select 1; drop table orders"], []],
  [["select 1 /* ; */ ; /* */ select 2"], []],
  [["select '", "'"], ["x"]],
  [["select 1 -- ", ""], ["x"]],
  [["select /* ", " */ 1"], ["x"]],
  [['select "', '"'], ["x"]],
  [["select ?"], []],
  [["select :region"], []],
  [["select 'open"], []],
  [["select 1"], ["one too many"]],
])("refuses the text %j", (texts, params) => {
  using shop = seeded({ write: true });
  expect(shop.ask(texts, params).ok).toBe(false);
  expect(shop.ask(["select count(*) from orders"])).toMatchObject({ rows: [[2]] });
});

test.each([
  [["select 1;"]],
  [["select 1; -- done"]],
  [["select ';', '?', ':x', '--'"]],
  [['select "id" from orders -- ? ; \'']],
  [["select [id] from [orders]"]],
])("takes the text %j", (texts) => {
  using shop = seeded();
  expect(shop.ask(texts)).toMatchObject({ ok: true });
});

test.each([
  "' or 1=1 --",
  "'; drop table orders; --",
  '" or ""="',
  "\\' or 1=1",
  "EU\u0000",
  "1) union select 1,2,3,4,5 --",
])("a value stays a value: %j", (value) => {
  using shop = seeded({ write: true });
  expect(shop.ask(["select id from orders where region = ", ""], [value])).toMatchObject({
    ok: true,
    rows: [],
  });
  expect(shop.ask(["select count(*) from orders"])).toMatchObject({ rows: [[2]] });
});

test("says that there are more rows than were asked for, and cuts none off in silence", () => {
  using shop = seeded();
  expect(shop.ask(["select * from orders"], [], 1)).toMatchObject({ ok: false, code: "ERR_QUERY_TOO_LARGE" });
});

test.each([
  [{ path: "../outside.db" }, "leads out of the app's folder"],
  [{ colour: "red" }, "and nothing else"],
  [{ type: "postgres" }, "connections.shop.type"],
])("refuses settings and says where: %j", (settings, message) => {
  using shop = seeded(settings);
  const answer = shop.ask(["select 1"]);
  expect(answer).toMatchObject({ ok: false });
  expect(answer.ok ? "" : answer.message).toContain(message);
});

test.each(["__proto__", "constructor", "other", "toString"])("has no connection called %s", (connection) => {
  using shop = seeded();
  expect(
    shop.broker.answer(
      JSON.stringify({ kind: "query", connection, texts: ["select 1"], values: [], maxRows: 1 }),
    ),
  ).toMatchObject([{ ok: false }]);
});

test.each(["", "{}", "null", '{"connection":"shop"}', "[".repeat(1_000)])(
  "answers a question that is none: %j",
  (text) => {
    using shop = seeded();
    expect(shop.broker.answer(text)).toMatchObject([{ ok: false }]);
  },
);

test("no message holds a value", () => {
  using shop = seeded({ write: true });
  shop.ask(["create unique index one on orders (region)"]);
  const answer = shop.ask(["insert into orders (region) values (", ")"], ["EU"]);
  expect(JSON.stringify(answer)).not.toContain('"EU"');
  expect(JSON.stringify(shop.ask(["select abs(", ")"], ["canary-4711"]))).not.toContain("canary-4711");
});
