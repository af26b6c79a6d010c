import { expect, test } from "vitest";
import { testPool, type TestPool } from "../running/pool-session.ts";
import { workersOf } from "../running/processes.ts";

/** A page that holds a transaction open, adds a row, or reads a long table, by what its slider says. */
const page = `import { st } from "strongroom";
const db = st.connection("shop");
const what = st.slider("What", { minValue: 0, maxValue: 9 });
if (what === 1) {
  await db.transaction(async (tx) => {
    await tx.execute\`insert into a values (1)\`;
    st.text("holding");
    await new Promise(() => undefined);
  });
}
if (what === 2) {
  await db.execute\`insert into a values (2)\`;
  st.text("added " + JSON.stringify(await db.query\`select count(*) as found from a\`));
}
if (what === 3) {
  const rows = await db.query\`with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000) select i, 'row ' || i as name from n\`;
  st.text("read " + rows.length + " " + rows.every(({ i, name }, at) => i === at + 1 && name === "row " + i));
}
if (what === 4) {
  await db.query\`with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n\`;
}
st.text("end of " + what);
`;
const files = { "app.ts": page, "seed.sql": "create table a (b integer);" };
/** Longer than any of these tests: what they see is not the work of a clock. */
const shop = { type: "sqlite", path: "data/shop.db", seed: "seed.sql", write: true, timeout: "10m" };

/** What the page says when the table has so many rows; it stands in JSON in JSON. */
const added = (rows: number): RegExp => new RegExp(String.raw`added \[\{\\+"found\\+":${rows}\}\]`);

const open = (): Promise<TestPool> => testPool(files, { connections: { shop } });

test("a session that ends takes its open transaction along", async () => {
  await using app = await open();
  const [holder, other] = [await app.open(), await app.open()];
  holder.answer("slider:What", 1);
  await holder.shows("holding");
  holder.placed?.close();
  other.answer("slider:What", 2);
  await other.shows("found");
  expect(other.said.join("")).toMatch(added(1));
});

test("a run that is replaced takes its open transaction along", async () => {
  await using app = await open();
  const session = await app.open();
  session.answer("slider:What", 1);
  await session.shows("holding");
  session.answer("slider:What", 2);
  await session.shows("found");
  expect(session.said.join("")).toMatch(added(1));
});

test("a worker that dies takes its open transactions along", async () => {
  await using app = await open();
  const holder = await app.open();
  holder.answer("slider:What", 1);
  await holder.shows("holding");
  for (const pid of workersOf(process.pid)) process.kill(pid, "SIGKILL");
  await holder.lostOnce();
  const other = await app.open();
  other.answer("slider:What", 2);
  await other.shows("found");
  expect(other.said.join("")).toMatch(added(1));
});

test("a run that is replaced ends its query, and the pool has its connections again", async () => {
  await using app = await testPool(files, { connections: { shop: { ...shop, pool: 1 } } });
  const session = await app.open();
  for (let turn = 0; turn < 3; turn++) {
    session.answer("slider:What", 4);
    await new Promise((resolve) => setTimeout(resolve, 200));
    session.answer("slider:What", 2);
    await session.until(() => added(turn + 1).test(session.said.join("")));
  }
});

test("a long answer arrives whole, in order", async () => {
  await using app = await open();
  const session = await app.open();
  session.answer("slider:What", 3);
  await session.shows("read 100000 true");
});
