import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TestBroker } from "../../../../../tests/connections/test-broker.ts";

const files = {
  "data/sales.csv": "region,amount\nEU,1.5\nUS,2\n",
  "data/inner/more.csv": "a\n1\n",
  ".strongroom/secrets.toml": 'key = "canary-4711"\n',
  "secret.csv": "key\ncanary-4711\n",
  "database/seed.sql": "create table t (a int); insert into t values (1), (2);",
};

function open(more: Readonly<Record<string, unknown>> = {}): TestBroker {
  return new TestBroker({ shop: { type: "sql", files: ["data"], ...more } }, files);
}

test("a database in memory reads the files of the folders that the operator names", async () => {
  await using broker = open();
  const text = `select region, amount from '${broker.folder}/data/sales.csv' order by amount`;
  expect(await broker.rows(text)).toEqual([
    ["EU", 1.5],
    ["US", 2],
  ]);
  expect(await broker.rows(`select * from '${broker.folder}/data/inner/more.csv'`)).toEqual([[1]]);
});

test("no other file is read, and nothing is written, fetched or loaded", async () => {
  await using broker = open({ write: true });
  const { folder } = broker;
  symlinkSync(join(folder, "secret.csv"), join(folder, "data/link.csv"));
  for (const text of [
    `select * from '${folder}/secret.csv'`,
    `select * from read_text('${folder}/.strongroom/secrets.toml')`,
    `select * from read_text('${folder}/data/../.strongroom/secrets.toml')`,
    `select * from '${folder}/data/link.csv'`,
    `select * from read_text('/etc/passwd')`,
    `select * from glob('/etc/*')`,
    `select * from 'http://127.0.0.1:1/a.csv'`,
    `copy (select 1) to '${folder}/out.csv'`,
    `create table x as select * from sniff_csv('/etc/passwd')`,
    `attach '${folder}/other.db'`,
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "reset lock_configuration",
    "pragma enable_external_access = true",
    "call load_aws_credentials()",
  ]) {
    const outcome = await broker.query(text);
    expect(outcome, text).toHaveProperty("code");
    expect(JSON.stringify(outcome), text).not.toContain("canary");
  }
  expect(existsSync(join(folder, "out.csv"))).toBe(false);
});

test("a connection that only reads writes no file either, also not into its own folders", async () => {
  await using broker = open();
  for (const text of [
    `copy (select 1) to '${broker.folder}/data/out.csv'`,
    `explain analyze copy (select 1) to '${broker.folder}/data/out.csv'`,
    `export database '${broker.folder}/data/out.csv'`,
    "create table x as select 1",
    "create temp table x as select 1",
  ])
    expect(await broker.query(text), text).toMatchObject({ code: "ERR_QUERY_REFUSED" });
  expect(existsSync(join(broker.folder, "data/out.csv"))).toBe(false);
});

test("a folder that holds secrets is not one to name", async () => {
  for (const folder of [".", ".strongroom", "/"]) {
    await using broker = open({ files: [folder] });
    expect(await broker.query("select 1"), folder).toMatchObject({
      code: "ERR_CONNECTION_SETTINGS",
      message: expect.stringContaining("shop.files"),
    });
  }
});

test("is made from its seed, in memory or in a file, and only reads then", async () => {
  for (const path of [undefined, "database/app.duckdb"]) {
    await using broker = open({ path, seed: "database/seed.sql" });
    expect(await broker.rows("select sum(a) from t")).toEqual([[3]]);
    expect(await broker.query("insert into t values (3)")).toMatchObject({ code: "ERR_QUERY_REFUSED" });
    expect(await broker.query("with a as (select 1) insert into t select 3")).toMatchObject({
      code: "ERR_QUERY_REFUSED",
    });
  }
});

test("lists and structures come as JSON", async () => {
  await using broker = open();
  expect(
    await broker.rows("select [1, null, 3] as a, {'x': 1, 'y': ['z']} as b, date '2026-01-02' as c"),
  ).toEqual([[[1, null, 3], { x: 1, y: ["z"] }, "2026-01-02"]]);
  expect(
    await broker.rows("select 12345678901234567890123::hugeint, 0.1::decimal(3,1), 'NaN'::double"),
  ).toEqual([[12_345_678_901_234_567_890_123n, 0.1, "NaN"]]);
});
