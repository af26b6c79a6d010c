import { st, type Connection, type Transaction } from "strongroom";

/** Every documented way to ask a database with a value, and one that nobody documents: text that is glued together. */

type Value = string | number;
type Engine = "sqlite" | "postgres" | "mariadb" | "duckdb";
type Rows = readonly object[];
type Ways = Record<string, unknown>;

const refused = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : `unexpected: ${String(error)}`;

/** Rows, or the code of what was refused. */
export async function outcome(ask: () => unknown): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    return refused(error);
  }
}

// A file of DuckDB has one that writes, or many that read.
const reading = (engine: Engine) => st.connection(engine === "duckdb" ? "duckdbDesk" : engine);
const writing = (engine: Engine) => st.connection(`${engine}Desk`);

/** What each way came to; reads go on side by side, writes one after the other. */
async function outcomes(
  reads: Record<string, () => unknown>,
  writes: Record<string, () => unknown>,
): Promise<Ways> {
  const ways: Ways = {};
  const one = async ([way, ask]: readonly [string, () => unknown]): Promise<void> =>
    void (ways[way] = await outcome(ask));
  await Promise.all(Object.entries(reads).map(one));
  for (const entry of Object.entries(writes)) await one(entry);
  return ways;
}

const fewReads = (db: Connection, value: Value) => ({
  template: () => db.query`select id, owner, name from orders where owner = 'me' and name = ${value}`,
  named: () =>
    db.query("select id, owner, name from orders where owner = 'me' and name = :value", {
      params: { value },
    }),
  glued: () => glued(db, ["select id, owner, name from orders where owner = 'me' and name = '", value, "'"]),
  bare: () => glued(db, ["select id, owner, name from orders where owner = 'me' and name = ", value]),
});

const change = (engine: Engine, value: Value) => ({
  changed: () => writing(engine).execute`update notes set body = ${value} where id = 1`,
});

export function fewWays(engine: Engine, value: Value): Promise<Ways> {
  return outcomes(fewReads(reading(engine), value), change(engine, value));
}

export function everyWay(engine: Engine, value: Value): Promise<Ways> {
  const db = reading(engine);
  const reads = {
    ...fewReads(db, value),
    list: () =>
      db.query`select id, owner, name from orders where owner = 'me' and name in (${[value, "nobody"]})`,
    like: () => db.query`select id, owner, name from orders where owner = 'me' and name like ${value}`,
    likePart: () =>
      db.query`select id, owner, name from orders where owner = 'me' and name like ${`%${value}%`}`,
    echo: () => db.query`select coalesce(${value}, '') as echo`,
    number: () => db.query`select id, owner, name from orders where owner = 'me' and id = ${value}`,
    order: () =>
      db.query`select id, owner, name from orders where owner = 'me' and id < 3 order by ${value}, id`,
    kept: () =>
      db.query("select id, owner, name from orders where owner = 'me' and name = :value", {
        params: { value },
        ttl: "1m",
        maxRows: 50,
      }),
    identifier: () =>
      db.query`select id, ${db.identifier(String(value), ["price", "date"])} from orders where owner = 'me'`,
    json: () => jsonOf(engine, value),
  };
  return outcomes(reads, {
    ...change(engine, value),
    transaction: () => writing(engine).transaction((tx) => thereAndBack(tx, value)),
  });
}

/** Puts a value into a row, reads it, and takes the row away again. */
async function thereAndBack(tx: Transaction, value: Value): Promise<unknown> {
  const added = await tx.execute`insert into notes (id, body) values (${7}, ${value})`;
  const rows = await tx.query<{ body: unknown }>`select body from notes where id = ${7} and body = ${value}`;
  const gone = await tx.execute("delete from notes where id = :id and body = :value", {
    params: { id: 7, value },
  });
  return { added, body: rows.map(({ body }) => body), gone };
}

/** A viewer's path into a document. */
function jsonOf(engine: Engine, path: Value): Promise<Rows> {
  const db = reading(engine);
  if (engine === "postgres")
    return db.query`select id, owner, doc::jsonb ->> ${path} as found from orders where owner = 'me'`;
  if (engine === "duckdb")
    return db.query`select id, owner, json_extract_string(doc, ${path}) as found from orders where owner = 'me'`;
  return db.query`select id, owner, json_extract(doc, ${path}) as found from orders where owner = 'me'`;
}

/** The compiler cannot see through this; what runs must. */
function glued(db: Connection, pieces: readonly Value[]): Promise<Rows> {
  const text: string = pieces.map(String).reduce((before, piece) => before + piece);
  return db.query<object>(text, { params: {} });
}

/** All that could have been changed. */
export async function tables(engine: Engine): Promise<unknown> {
  const db = writing(engine);
  return {
    canaries: await db.query`select id, owner, secret from canaries order by id`,
    orders: await db.query`select id, owner, name, price from orders order by id`,
    notes: await db.query`select id, body from notes order by id`,
  };
}

const owners = ["me", "me", "me", "you", "they"] as const;

/** Tables as they are before an attack. */
export async function reset(engine: Engine): Promise<void> {
  const db = writing(engine);
  for (const table of ["canaries", "orders", "notes"] as const)
    await db.execute`drop table if exists ${db.identifier(table, ["canaries", "orders", "notes"])}`;
  // There, texts of other cases and other spaces at the end are the same unless a column says otherwise.
  const isMaria = engine === "mariadb";
  await db.execute`create table canaries (id integer, owner varchar(20), secret varchar(100))`;
  if (isMaria)
    await db.execute`create table orders (id integer, owner varchar(20), name varchar(9000) collate utf8mb4_nopad_bin, price integer, doc varchar(200))`;
  else
    await db.execute`create table orders (id integer, owner varchar(20), name varchar(9000), price integer, doc varchar(200))`;
  if (isMaria)
    await db.execute`create table notes (id integer, body varchar(9000) collate utf8mb4_nopad_bin)`;
  else await db.execute`create table notes (id integer, body varchar(9000))`;
  for (const id of [1, 2, 3, 4, 5])
    await db.execute`insert into canaries values (${id}, ${"they"}, ${`CANARY-${id * 7919}`})`;
  const names = ["Ann", "O'Brien", "x' or 1=1 -- ", "Bob", "100%"];
  for (const [index, owner] of owners.entries()) {
    const doc = JSON.stringify({ a: index, secret: owner === "me" ? "mine" : "CANARY-doc" });
    await db.execute`insert into orders values (${index + 1}, ${owner}, ${names[index]}, ${index * 10}, ${doc})`;
  }
  await db.execute`insert into notes values (1, ${"first"}), (2, ${"second"})`;
}
