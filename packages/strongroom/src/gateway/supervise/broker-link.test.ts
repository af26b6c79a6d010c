import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, test } from "vitest";
import { testPool } from "../../../../../tests/running/pool-session.ts";
import { treeOf } from "../../../../../tests/running/processes.ts";
import { BrokerAnswerReader } from "../../worker/broker-answer.ts";
import { BrokerLink } from "./broker-link.ts";
import { findPrograms } from "./programs.ts";
import { ownPackage } from "./readable.ts";

const slow = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";

function link(connections: Readonly<Record<string, unknown>>, maxQueryMs = 10_000) {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-link-"));
  writeFileSync(join(folder, "seed.sql"), "create table a (b integer); insert into a values (1), (2);");
  const broker = new BrokerLink({
    programs: findPrograms(),
    dist: ownPackage().dist,
    appFolder: folder,
    connections,
    maxQueryMs,
    log: pino({ level: "silent" }),
  });
  const ask = async (text: string): Promise<unknown> => {
    const request = { kind: "query", connection: "shop", texts: [text], values: [], maxRows: 100 } as const;
    const reader = new BrokerAnswerReader();
    const end = await new Promise<Buffer>((resolve) => {
      const part = (part: Buffer, more: () => void): void => {
        reader.take(part.toString());
        more();
      };
      broker.ask({ worker: 1, session: 1 }, request, { part, end: resolve });
    });
    try {
      return reader.take(end.toString());
    } catch (error) {
      return error;
    }
  };
  return {
    ask,
    async [Symbol.asyncDispose]() {
      await broker.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const shop = { shop: { type: "sqlite", path: "data/shop.db", seed: "seed.sql" } };

test("answers questions in the order that they were asked", async () => {
  await using broker = link(shop);
  const answers = await Promise.all([1, 2, 3].map((b) => broker.ask(`select ${b}, count(*) from a`)));
  expect(answers).toEqual([1, 2, 3].map((b) => expect.objectContaining({ values: [[b], [2]] })));
});

test("a query that takes too long is ended; those behind it are answered", async () => {
  await using broker = link(shop, 500);
  await broker.ask("select 1");
  const [ended, ...others] = await Promise.all([
    broker.ask(slow),
    broker.ask("select 1"),
    broker.ask("select 2"),
  ]);
  expect(ended).toMatchObject({ code: "ERR_QUERY_TIMEOUT" });
  expect(others).toEqual([
    expect.objectContaining({ values: [[1]] }),
    expect.objectContaining({ values: [[2]] }),
  ]);
});

test("a broker that is killed is there again; the question that it was at is answered with an error", async () => {
  await using broker = link(shop);
  await broker.ask("select 1");
  const both = Promise.all([broker.ask(slow), broker.ask("select 3")]);
  const brokers = treeOf(process.pid).filter((pid) => pid !== process.pid);
  for (const pid of brokers.slice(-1)) process.kill(pid, "SIGKILL");
  const [first, second] = await both;
  expect(first).toMatchObject({ code: "ERR_BROKER_ENDED" });
  expect(second).toMatchObject({ values: [[3]] });
});

test("without connections there is no process, and the answer says what to add", async () => {
  const before = treeOf(process.pid).length;
  await using broker = link({});
  expect(treeOf(process.pid).length).toBe(before);
  expect(await broker.ask("select 1")).toMatchObject({
    code: "ERR_CONNECTION_UNKNOWN",
    message: expect.stringContaining("[connections.shop]"),
  });
});

test("a page asks a database that is made at the first question", async () => {
  const page = `import { st } from "strongroom";
const db = st.connection("shop");
const least = st.slider("Least", { min: 0, max: 9 });
const rows = await db.query\`select count(*) as found from a where b >= \${least}\`;
st.text("found " + JSON.stringify(rows));
`;
  const files = { "app.ts": page, "seed.sql": "create table a (b integer); insert into a values (1), (2);" };
  await using app = await testPool(files, { connections: shop });
  const session = await app.open();
  await session.shows('\\"found\\":2');
  session.answer("slider:Least", 2);
  await session.shows('\\"found\\":1');
});
