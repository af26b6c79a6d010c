import { expect, test } from "vitest";
import { Bindings } from "./bindings.ts";
import { CacheCaptures } from "./cache-captures.ts";
import { placedCalls } from "./cache-places.ts";
import { parseModule } from "./syntax-tree.ts";

/** What the cached functions of a module take from around them and must not: names, and what is said. */
function captured(code: string, isPage = true): readonly string[] {
  const program = parseModule(
    `import { st } from "strongroom";\nimport { rows, user } from "./helper.ts";\n${code}`,
  );
  const captures = new CacheCaptures(program, new Bindings(program), isPage);
  return placedCalls(program).flatMap(({ node }) => captures.of(node).map(({ message }) => message));
}

test.each([
  ["an answer", `const name = st.textInput("Name");\nst.cacheData(() => db.query(name));`, "name"],
  [
    "an answer by a name that is assigned",
    `let name = "";\nname = st.textInput("Name");\nst.cacheData(() => name);`,
    "name",
  ],
  [
    "what is made of an answer",
    `const n = st.slider("N");\nconst twice = [n * 2];\nst.cacheData(() => twice);`,
    "twice",
  ],
  [
    "what a query answered to an answer",
    `const n = st.slider("N");\nconst found = await f(n);\nst.cacheData(async () => found);`,
    "found",
  ],
  ["session state", `const { role } = st.sessionState;\nst.cacheData(() => role);`, "role"],
  ["the query string", `const id = st.queryParams.get("id");\nst.cacheData(() => id);`, "id"],
  [
    "what a function of the page reads",
    `function who() { return st.sessionState.user; }\nconst me = who();\nst.cacheData(() => me);`,
    "me",
  ],
  [
    "by way of a function that it calls",
    `const n = st.slider("N");\nconst load = () => fetchRows(n);\nst.cacheData(() => load());`,
    "n",
  ],
  [
    "by way of a function that is given by name",
    `const n = st.slider("N");\nasync function load() { return n; }\nst.cacheData(load);`,
    "n",
  ],
  ["in a block", `if (on) { const n = st.slider("N"); st.cacheData(() => n); }`, "n"],
  [
    "of a form",
    `const form = st.form("f", (f) => ({ n: f.slider("N") }));\nst.cacheData(() => form.n);`,
    "form",
  ],
  ["under another scope", `const n = st.slider("N");\nst.cacheData(() => n, { scope: "session" });`, "n"],
  ["as a resource", `const n = st.slider("N");\nst.cacheResource(() => connect(n));`, "n"],
])("refused: %s", (_, code, name) => {
  const found = captured(code);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(`\`${name}\` is one viewer's`);
  expect(found[0]).toContain("Pass it as an argument");
});

test.each([
  [
    "an argument of the function round it",
    `const make = (table) => st.cacheData(() => db.query(table));`,
    "table",
  ],
  ["a part of one", `function make({ table }) { return st.cacheData(() => db.query(table)); }`, "table"],
  [
    "what a loop goes through",
    `for (const table of tables) loaders.push(st.cacheData(() => db.query(table)));`,
    "table",
  ],
])("refused, in helpers as well: %s", (_, code, name) => {
  for (const isPage of [true, false])
    expect(captured(code, isPage)).toEqual([expect.stringContaining(`\`${name}\` is another each time`)]);
});

test.each([
  ["arguments", `const n = st.slider("N");\nconst load = st.cacheData((n) => fetchRows(n));\nload(n);`],
  [
    "what is the same for all",
    `const db = st.connection("shop");\nconst key = st.secrets.KEY;\nst.cacheData(() => db.query(key));`,
  ],
  ["constants", `const limits = { rows: 10 };\nlet unit = "EUR";\nst.cacheData(() => [limits, unit]);`],
  [
    "functions of the page, and what those read while they are called",
    `function ask(n) { return n + Number(st.sessionState.n); }\nst.cacheData((n) => ask(n));`,
  ],
  [
    "other cached functions, whatever they show",
    `const inner = st.cacheData((id) => st.text(id));\nst.cacheData((id) => inner(id));`,
  ],
  ["itself", `const load = st.cacheData((n) => (n === 0 ? 0 : load(n - 1)));`],
  ["imports", `st.cacheData(() => [rows, user()]);`],
  ["names inside", `st.cacheData((id) => { const n = id + 1; return [n].map((m) => m + n); });`],
  ["names of properties", `const name = st.textInput("Name");\nst.cacheData((row) => ({ name: row.name }));`],
  ["what is declared below and never read", `st.cacheData(() => 1);\nconst n = st.slider("N");`],
  [
    "what the author names",
    `const n = st.slider("N");\nst.cacheData((id) => n + id, { key: (id) => [id, n] });`,
  ],
])("taken: %s", (_, code) => {
  expect(captured(code)).toEqual([]);
});

test("a module's own values are made once, and may be used by its functions", () => {
  expect(
    captured(`const client = connect();\nexport const load = st.cacheData(() => client.rows);`, false),
  ).toEqual([]);
});
