import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TestBroker } from "../../../../tests/connections/test-broker.ts";

const seed = `create table orders (id integer primary key, region text, total real, photo blob, big integer);
insert into orders values (1, 'EU', 10.5, x'0102', 9007199254740993), (2, 'US', 20, null, 7);`;

/** A broker on a folder of its own with a seeded database. */
function seeded(more: Readonly<Record<string, unknown>> = {}): TestBroker {
  const shop = { type: "sqlite", path: "data/shop.db", seed: "seed.sql", pool: 1, ...more };
  return new TestBroker({ shop }, { "seed.sql": seed });
}

test("makes a database from its seed and answers columns with their types", async () => {
  await using shop = seeded();
  expect(await shop.query("select * from orders where region = ? order by id", { values: ["EU"] })).toEqual({
    columns: [
      { name: "id", type: "integer" },
      { name: "region", type: "text" },
      { name: "total", type: "number" },
      { name: "photo", type: "bytes" },
      { name: "big", type: "integer" },
    ],
    values: [[1], ["EU"], [10.5], [Uint8Array.of(1, 2)], [9_007_199_254_740_993n]],
    changed: undefined,
  });
});

test("leaves no database behind when the seed is wrong", async () => {
  await using shop = seeded();
  writeFileSync(join(shop.folder, "seed.sql"), "create table a (b); insert into nowhere values (1)");
  expect(await shop.query("select 1")).toMatchObject({ code: "ERR_CONNECTION_FAILED" });
  expect(existsSync(join(shop.folder, "data/shop.db"))).toBe(false);
});

test("refuses what a reading connection must not do", async () => {
  await using shop = seeded();
  for (const text of [
    "drop table orders",
    "update orders set total = 0",
    "with a as (select 1) update orders set total = 0",
    "attach 'other.db' as other",
    "pragma journal_mode = delete",
    "vacuum into 'copy.db'",
    "select load_extension('x')",
    "begin",
  ])
    expect(await shop.query(text), text).toHaveProperty("code");
  expect(await shop.rows("select count(*), sum(total) from orders")).toEqual([[2, 30.5]]);
});

test("changes data only where the operator allows it, and says how many rows", async () => {
  await using shop = seeded({ write: true });
  expect(await shop.query("update orders set total = ?", { values: [0] })).toMatchObject({ changed: 2 });
  expect(await shop.rows("select sum(total) from orders")).toEqual([[0]]);
});

test("a value stays a value", async () => {
  await using shop = seeded({ write: true });
  for (const value of [
    "' or 1=1 --",
    "'; drop table orders; --",
    '" or ""="',
    "\\' or 1=1",
    "EU\u0000",
    "1) union select 1,2,3,4,5 --",
  ])
    expect(await shop.rows("select id from orders where region = ?", { values: [value] }), value).toEqual([]);
  expect(await shop.rows("select count(*) from orders")).toEqual([[2]]);
});

test("says that there are more rows than were asked for, and cuts none off in silence", async () => {
  await using shop = seeded();
  expect(await shop.query("select * from orders", { maxRows: 1 })).toMatchObject({
    code: "ERR_QUERY_TOO_LARGE",
  });
  expect(await shop.query("select * from orders", { maxRows: 2 })).toHaveProperty("values");
});

test.each(["__proto__", "constructor", "other", "toString"])(
  "has no connection called %s",
  async (connection) => {
    await using shop = seeded();
    expect(await shop.query("select 1", { connection })).toHaveProperty("code");
  },
);

test.each(["", "{}", "null", '{"connection":"shop"}', "[".repeat(1_000)])(
  "answers a question that is none: %j",
  async (text) => {
    await using shop = seeded();
    expect(await shop.send(text).answer).toMatchObject({ code: "ERR_QUERY_TEXT" });
  },
);

test("no message holds a value", async () => {
  await using shop = seeded({ write: true });
  await shop.query("create unique index one on orders (region)");
  const answer = await shop.query("insert into orders (region) values (?)", { values: ["EU"] });
  expect(answer).toMatchObject({
    code: "ERR_QUERY_CONSTRAINT",
    message: expect.stringContaining("orders.region"),
  });
  expect(JSON.stringify(answer)).not.toContain('"EU"');
  expect(JSON.stringify(await shop.query("select abs(?)", { values: ["canary-4711"] }))).not.toContain(
    "canary-4711",
  );
});

test("credentials in cells are hidden in what they say: text in bytes, JSON, numbers", async () => {
  const token = "canary-token-4711";
  await using shop = new TestBroker(
    {
      shop: { type: "sqlite", path: "data/shop.db", seed: "seed.sql", pool: 1 },
      api: { type: "http", url: "http://127.0.0.1:1/", token, headers: { "x-key": "20250101" } },
    },
    { "seed.sql": "create table a (b)" },
  );
  const rows = await shop.rows(
    `select '${token}', cast('xy ${token}' as blob), x'ff' || cast('${token}' as blob), 20250101, 1202501019, x'0102'`,
  );
  const [text, bytes, noText, number, other, short] = rows[0] ?? [];
  expect([text, number, other]).toEqual(["•••", "•••", 1_202_501_019]);
  expect(Buffer.from(bytes as Uint8Array).toString()).toBe("xy •••");
  expect(Buffer.from(noText as Uint8Array).toString()).not.toContain(token);
  expect(short).toEqual(Uint8Array.of(1, 2));
});
