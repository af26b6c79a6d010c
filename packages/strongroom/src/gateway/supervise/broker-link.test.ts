import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, test } from "vitest";
import { testPool } from "../../../../../tests/running/pool-session.ts";
import { treeOf } from "../../../../../tests/running/processes.ts";
import { BrokerAnswerReader } from "../../worker/broker-answer.ts";
import type { BrokerRequest } from "../../wire/query.ts";
import { BrokerLink } from "./broker-link.ts";
import { findPrograms } from "./programs.ts";
import { ownPackage } from "./readable.ts";

const slow = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";

function link(
  connections: Readonly<Record<string, unknown>>,
  maxSilentMs = 10_000,
  files: Readonly<Record<string, string>> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-link-"));
  writeFileSync(join(folder, "seed.sql"), "create table a (b integer); insert into a values (1), (2);");
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const broker = new BrokerLink({
    programs: findPrograms(),
    dist: ownPackage().dist,
    appFolder: folder,
    connections,
    maxSilentMs,
    log: pino({ level: "silent" }),
  });
  const send = async (request: BrokerRequest): Promise<unknown> => {
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
  const ask = (text: string, connection = "shop"): Promise<unknown> =>
    send({ kind: "query", connection, texts: [text], values: [], maxRows: 100 });
  const call = (name: string): Promise<unknown> =>
    send({ kind: "call", connection: "stuck", name, args: {} });
  return {
    ask,
    call,
    async [Symbol.asyncDispose]() {
      await broker.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function argumentsOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, "utf8");
}

const shop = { shop: { type: "sqlite", path: "data/shop.db", seed: "seed.sql" } };

test("answers many questions at once", async () => {
  await using broker = link(shop);
  const answers = await Promise.all([1, 2, 3].map((b) => broker.ask(`select ${b}, count(*) from a`)));
  expect(answers).toEqual([1, 2, 3].map((b) => expect.objectContaining({ values: [[b], [2]] })));
});

test("a query that takes too long is ended; the others have been answered long before", async () => {
  await using broker = link({ shop: { ...shop.shop, timeout: "4s", pool: 2 } });
  const ended = broker.ask(slow);
  const others = await Promise.all([1, 2, 3].map((b) => broker.ask(`select ${b}`)));
  expect(others).toEqual([1, 2, 3].map((b) => expect.objectContaining({ values: [[b]] })));
  expect(await ended).toMatchObject({ code: "ERR_QUERY_TIMEOUT" });
  expect(await broker.ask("select 4")).toMatchObject({ values: [[4]] });
});

test("a broker that is killed is there again: what only reads is asked once more, a change is not", async () => {
  await using broker = link({ ...shop, changing: { ...shop.shop, write: true } });
  await broker.ask("select 1");
  const waiting = `select count(*) from a, (${slow.replace("select i + 1 from n", "select i + 1 from n where i < 3000000")})`;
  const before = treeOf(process.pid).length;
  const both = Promise.all([broker.ask(waiting), broker.ask(waiting, "changing")]);
  // The second connection has its process: both questions have come to the broker.
  await expect.poll(() => treeOf(process.pid).length).toBeGreaterThan(before);
  const brokers = treeOf(process.pid).filter(
    (pid) => pid !== process.pid && argumentsOf(pid).includes("broker-main"),
  );
  for (const pid of brokers) process.kill(pid, "SIGKILL");
  expect(brokers).not.toEqual([]);
  const [read, changed] = await both;
  expect(read).toMatchObject({ values: [[2]] });
  expect(changed).toMatchObject({ code: "ERR_BROKER_ENDED" });
});

test("a broker that does not answer any more is ended, and another one takes its place", async () => {
  const stuck = { type: "custom", module: "stuck.mjs" };
  const module = "export default { open: () => 1, calls: { hang: () => { for (;;); } , one: () => 1 } };\n";
  await using broker = link({ ...shop, stuck }, 5_000, { "stuck.mjs": module });
  expect(await broker.call("one")).toMatchObject({ result: 1 });
  const hanging = broker.call("hang");
  expect(await hanging).toMatchObject({ code: "ERR_BROKER_ENDED" });
  expect(await broker.ask("select 5")).toMatchObject({ values: [[5]] });
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
const least = st.slider("Least", { minValue: 0, maxValue: 9 });
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
