import { describe, expect, test } from "vitest";
import { queryCalls } from "./query-calls.ts";
import { parseModule } from "./syntax-tree.ts";

/** What a module's calls on `db` come to. */
function read(body: string) {
  const code = `import { st } from "strongroom";\nconst x = st.textInput("X");\nconst db = st.connection("shop");\n${body}`;
  const { built, constant } = queryCalls(parseModule(code));
  return {
    built: built.map(({ at }) => code.slice(at.start, at.end)),
    constant: constant.map(({ start, end }) => code.slice(start, end)),
    messages: built.map(({ message }) => message),
  };
}

describe("text put together from values is seen", () => {
  test.each([
    ["db.query(`select ${x}`)", "`select ${x}`"],
    ["db.execute(`delete from t where a = '${x}'`)", "`delete from t where a = '${x}'`"],
    ["await db.query('select ' + x, { params: {} })", "'select ' + x"],
    ["db.query('a' + 'b' + x)", "'a' + 'b' + x"],
    ["db.query('select '.concat(x))", "'select '.concat(x)"],
    ["db.query(['select', x].join(' '))", "['select', x].join(' ')"],
    ["const parts = []; parts.push(x); db.query(parts.join(' and '))", "parts.join(' and ')"],
    ["db.query('select :x'.replace(':x', x))", "'select :x'.replace(':x', x)"],
    ["db.query('select :x'.replaceAll(':x', () => x))", "'select :x'.replaceAll(':x', () => x)"],
    ["db.query(String.raw`select ${x}`)", "String.raw`select ${x}`"],
    ["db.query(String.raw({ raw: ['a', 'b'] }, x))", "String.raw({ raw: ['a', 'b'] }, x)"],
    ["import { format } from 'node:util'; db.query(format('select %s', x))", "format('select %s', x)"],
    ["import util from 'node:util'; db.query(util.format('select %s', x))", "util.format('select %s', x)"],
    ["import d from 'dedent'; db.query(d`select ${x}`)", "d`select ${x}`"],
    ["const sql = `select ${x}`; db.query(sql)", "`select ${x}`"],
    ["let sql = 'select a'; if (x) sql += ` where a = '${x}'`; db.query(sql)", "` where a = '${x}'`"],
    ["let sql = 'select a'; sql = sql + x; db.query(sql)", "sql + x"],
    ["let sql = 'select'; sql += x; db.query(sql)", "sql += x"],
    ["var sql; sql = 'a' + x; db.query(sql)", "'a' + x"],
    ["db.query(x ? `select ${x}` : 'select 1')", "`select ${x}`"],
    ["db.query(x && 'select ' + x)", "'select ' + x"],
    ["db.query((0, 'select ' + x))", "'select ' + x"],
    ["let s; db.query((s = 'select ' + x))", "'select ' + x"],
    ["db.query(`select ${x}`.trim())", "`select ${x}`"],
    ["db.query(String('a' + x))", "'a' + x"],
    ["const make = (v) => `select ${v}`; db.query(make(x))", "`select ${v}`"],
    ["function make(v) { if (!v) return 'a'; return 'b' + v; } db.query(make(x))", "'b' + v"],
    ["const q = { one: `select ${x}` }; db.query(q.one)", "`select ${x}`"],
    ["const { one } = { one: `select ${x}` }; db.query(one)", "`select ${x}`"],
    ["const load = (sql) => db.query(sql); load(`select ${x}`)", "`select ${x}`"],
    ["db.query([`select ${x}`])", "[`select ${x}`]"],
    ["db.query(Object.assign([x], { raw: [x] }))", "Object.assign([x], { raw: [x] })"],
    ["db.query(Object.freeze([x]))", "Object.freeze([x])"],
    [
      "let n = { next: x }; while (n) n = n.next; n.go(); const f = (s) => db.query(s); f(`a ${x}`)",
      "`a ${x}`",
    ],
    ["const ask = (any, t) => any.query('select * from ' + t, { params: {} })", "'select * from ' + t"],
  ])("%s", (body, at) => {
    expect(read(body).built).toEqual([at]);
  });
});

describe("a connection is known wherever it went", () => {
  test.each([
    "st.connection('shop').query(`a ${x}`)",
    "st['connection']('shop').query(`a ${x}`)",
    "db['query'](`a ${x}`)",
    "db?.query(`a ${x}`)",
    "const other = db; other.query(`a ${x}`)",
    "let other; other = db; other.query(`a ${x}`)",
    "const make = () => st.connection('a'); make().query(`a ${x}`)",
    "async function make() { return st.connection('a'); } (await make()).query(`a ${x}`)",
    "const made = st.cacheResource(() => st.connection('a')); made().query(`a ${x}`)",
    "const { connection } = st; connection('a').query(`a ${x}`)",
    "const connect = st.connection; connect('a').query(`a ${x}`)",
    "import { st as room } from 'strongroom'; room.connection('a').query(`a ${x}`)",
    "import * as all from 'strongroom'; all.st.connection('a').query(`a ${x}`)",
    "const { query } = db; query(`a ${x}`)",
    "const ask = db.query; ask(`a ${x}`)",
    "const ctx = { db }; ctx.db.query(`a ${x}`)",
    "const ctx = { inner: { db } }; const { inner: { db: d } } = ctx; d.query(`a ${x}`)",
    "const [one] = [db]; one.query(`a ${x}`)",
    "class Shop { db = st.connection('a'); go() { return this.db.query(`a ${x}`); } }",
    "class Shop { #db = st.connection('a'); go() { return this.#db.query(`a ${x}`); } }",
    "class Shop { constructor() { this.db = db; } go() { this.db.query(`a ${x}`); } }",
    "function go(d) { return d.query(`a ${x}`); } go(db)",
    "function go({ d }) { return d.query(`a ${x}`); } go({ d: db })",
    "function go(d = st.connection('a')) { return d.query(`a ${x}`); }",
    "(x ? db : st.connection('b')).query(`a ${x}`)",
    "db.transaction(async (tx) => { await tx.execute(`a ${x}`); })",
    "db.transaction(async function (tx) { await tx.query(`a ${x}`); })",
    "const work = (tx) => tx.execute(`a ${x}`); db.transaction(work)",
    "st.connection('api', { type: 'http' }).get(`/users/${x}`)",
    "st.connection('api', { type: 'http' }).post('/users/' + x, {})",
  ])("%s", (body) => {
    expect(read(body).built).toHaveLength(1);
  });
});

describe("nothing else is accused", () => {
  test.each([
    "db.query`select ${x}`",
    "db.query('select :x', { params: { x } })",
    "db.query(`select :x`, { params: { x } })",
    "db.query('select a ' + 'from t where a = :x', { params: { x } })",
    "const table = 'orders'; db.query(`select * from ${table} where a = :x`, { params: { x } })",
    "const cols = ['a', 'b']; db.query(['select a', 'from t'].join(' '), { params: {} })",
    "let sql = 'select 1'; if (x) sql += ' where a = :x'; db.query(sql, { params: { x } })",
    "db.query(String.raw`select '\\d'`, { params: {} })",
    "import { sql } from './sql.ts'; db.query(sql, { params: {} })",
    "import { readFileSync } from 'node:fs'; db.query(readFileSync('a.sql', 'utf8'), { params: {} })",
    "const ask = (s, ...v) => db.query(s, ...v); ask`select ${x}`",
    "document.body.query(`select ${x}`)",
    "const client = { query: (text) => text }; client.query(`select ${x}`)",
    "import pg from 'pg'; const db2 = new pg.Client(); db2.query(`select ${x}`)",
    "{ const db = new Map(); db.get(`a ${x}`); db.query(`a ${x}`); }",
    "function other(db) { return db.query(`a ${x}`); }",
    "new Map().get(`a ${x}`); new URLSearchParams().get('a' + x)",
    "const st2 = { connection: () => ({ query: () => 1 }) }; st2.connection().query(`a ${x}`)",
    "{ const st = { connection: () => ({ query: () => 1 }) }; st.connection().query(`a ${x}`); }",
    "function f(a) { return f(a); } f(db).query(`a ${x}`)",
    "const f = g(); const g = f(); f().query(`a ${x}`)",
    "db.identifier(`a${x}`, ['a1'])",
    "db.query(...[`a ${x}`])",
    "db.call('a' + x, {})",
  ])("%s", (body) => {
    expect(read(body).built).toEqual([]);
  });
});

test("text that stands in the source is told from text of which nothing is known", () => {
  const { constant } = read(`
    db.query("select 1", { params: {} });
    const sql = "select :x"; db.query(sql, { params: { x } });
    db.query(unknown, { params: {} });
    function load(text) { return db.query(text, { params: {} }); } load("select 2");
    const q = { one: "select 1" }; db.query(q.one, { params: {} });
    let open; db.query(open, { params: {} });
    for (const text of texts) db.query(text, { params: {} });
    let [part] = texts; db.query(part, { params: {} });
    let later = "a"; [later] = texts; db.query(later, { params: {} });
  `);
  expect(constant).toEqual(['db.query("select 1", { params: {} })', "db.query(sql, { params: { x } })"]);
});

test("the message shows what to write instead", () => {
  const [template] = read("db.query(`select ${x}`)").messages;
  const [sum] = read("db.execute('delete ' + x)").messages;
  const [path] = read("st.connection('api', { type: 'http' }).get('/users/' + x)").messages;
  expect(template).toContain("Leave the round brackets out: db.query`… ${value} …`");
  expect(sum).toContain('db.execute("… :value …", { params: { value } })');
  expect(path).toContain("api.get`/users/${id}`");
});
