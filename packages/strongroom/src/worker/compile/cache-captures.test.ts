import { expect, test } from "vitest";
import { Bindings } from "./bindings.ts";
import { CacheCaptures } from "./cache-captures.ts";
import { placedCalls } from "./cache-places.ts";
import { parseModule } from "./syntax-tree.ts";

/** What the cached functions of a module read from around them, and what is said of what they cannot. */
function capturesOf(code: string, isPage = true) {
  const program = parseModule(
    `import { st } from "strongroom";\nimport { rows, user } from "./helper.ts";\n${code}`,
  );
  const captures = new CacheCaptures(program, new Bindings(program), isPage);
  const found = placedCalls(program).map(({ node }) => captures.of(node));
  return {
    captured: found.flatMap(({ captured }) => captured),
    refused: found.flatMap(({ refused }) => refused.map(({ message }) => message)),
  };
}

function namesIn(code: string, isPage = true): readonly string[] {
  const { captured, refused } = capturesOf(code, isPage);
  expect(refused).toEqual([]);
  return captured.map(({ name }) => name);
}

test.each([
  ["an answer", `const name = st.textInput("Name");\nst.cacheData(() => db.query(name));`, ["name"]],
  [
    "what a helper of another module answered",
    `import { askWho } from "./ui.ts";\nconst who = askWho();\nst.cacheData(async () => "hello " + who);`,
    ["who"],
  ],
  [
    "an object that is filled later",
    `const filters = {};\nfilters.region = st.textInput("Who");\nst.cacheData(async () => filters.region);`,
    ["filters"],
  ],
  [
    "collections",
    `const log = [], map = new Map(), o = {};\nlog.push(who); map.set("w", who); o.who = who;\nst.cacheData(async () => [log, map.get("w"), o]);`,
    ["log", "map", "o"],
  ],
  [
    "what is read beside a key of the author's",
    `const who = st.textInput("Who");\nst.cacheData(async (id) => "hello " + who, { key: (id) => id });`,
    ["who"],
  ],
  [
    "what st was asked by another name",
    `const s = st;\nconst who = s.textInput("Who");\nst.cacheData(async () => "hello " + who);`,
    ["who"],
  ],
  [
    "a name that is assigned",
    `let name = "";\nname = st.textInput("Name");\nst.cacheData(() => name);`,
    ["name"],
  ],
  ["session state", `const { role } = st.sessionState;\nst.cacheData(() => role);`, ["role"]],
  [
    "by way of a function",
    `const n = st.slider("N");\nconst load = () => rows(n);\nst.cacheData(() => load());`,
    ["n"],
  ],
  [
    "of a function by name",
    `const n = st.slider("N");\nasync function load() { return n; }\nst.cacheData(load);`,
    ["n"],
  ],
  [
    "of another cached function",
    `const n = f();\nconst a = st.cacheData(() => n, {});\nst.cacheData(() => a());`,
    ["n", "n"],
  ],
  [
    "of a class",
    `const n = f();\nclass Loader { load() { return n; } }\nst.cacheData(() => new Loader().load());`,
    ["n"],
  ],
  ["in a block", `if (on) { const n = st.slider("N"); st.cacheData(() => n); }`, ["n"]],
  ["under another scope", `const n = f();\nst.cacheData(() => n, { scope: "session" });`, ["n"]],
  ["as a resource", `const n = f();\nst.cacheResource(() => connect(n));`, ["n"]],
  ["functions that are put together", `const load = rows(1);\nst.cacheData(() => load());`, ["load"]],
  [
    "constants",
    `const limits = { rows: 10 };\nlet unit = "EUR";\nst.cacheData(() => [limits, unit]);`,
    ["limits", "unit"],
  ],
  ["a connection", `const db = st.connection("shop");\nst.cacheData(() => db.query("select 1"));`, ["db"]],
])("captured: %s", (_, code, names) => {
  expect(namesIn(code)).toEqual(names);
});

test.each([
  ["an argument of the function round it", `const make = (t) => st.cacheData(() => rows(t));`],
  ["a part of one", `function make({ t }) { return st.cacheData(() => rows(t)); }`],
  ["what a loop goes through", `for (const t of [1, 2]) rows.push(st.cacheData(() => t));`],
])("captured, in helpers as well: %s", (_, code) => {
  for (const isPage of [true, false]) expect(namesIn(code, isPage)).toEqual(["t"]);
});

test.each([
  ["arguments", `const n = st.slider("N");\nconst load = st.cacheData((n) => rows(n));\nload(n);`],
  ["secrets", `const key = st.secrets.KEY;\nconst { a } = st.secrets.api;\nst.cacheData(() => [key, a]);`],
  ["st under another name", `const s = st;\nst.cacheData(() => s.text("x"));`],
  ["functions of the page", `function ask(n) { return n + 1; }\nst.cacheData((n) => ask(n));`],
  [
    "other cached functions",
    `const inner = st.cacheData((id) => st.text(id));\nst.cacheData((id) => inner(id));`,
  ],
  ["itself", `const load = st.cacheData((n) => (n === 0 ? 0 : load(n - 1)));`],
  ["imports", `st.cacheData(() => [rows, user()]);`],
  [
    "patterns and formats",
    `const p = /a/;\nconst f = new Intl.NumberFormat("en", { style: "percent" });\nst.cacheData((a) => [p.test(a), f]);`,
  ],
  ["names inside", `st.cacheData((id) => { const n = id + 1; return [n].map((m) => m + n); });`],
  ["names of properties", `const name = st.textInput("Name");\nst.cacheData((row) => ({ name: row.name }));`],
  [
    "objects of its own",
    `st.cacheData(async function (id) { class A { n = 1; get() { return this.n; } } return { id, a() { return this.id; }, b: () => this, c: arguments, d: new A() }; });`,
  ],
  ["what is never read", `st.cacheData(() => 1);\nconst n = st.slider("N");`],
])("not captured: %s", (_, code) => {
  expect(namesIn(code)).toEqual([]);
  expect(capturesOf(code).refused).toEqual([]);
});

test("a module's own objects are no part of the key either", () => {
  const code = `export class Api { load = st.cacheData(async () => this.who); }`;
  expect(capturesOf(code, false).refused).toContainEqual(expect.stringMatching(/belongs to a function/));
});

test.each([
  [
    "a name that means something else where the call stands",
    `const n = f();\nconst load = () => n;\n{ const n = 1; st.cacheData(() => load()); }`,
    /another `n` stands/,
  ],
  [
    "what is kept on a function",
    `function load() { return load.who; }\nload.who = st.textInput("Who");\nst.cacheData(async () => load.who);`,
    /`load` keeps something/,
  ],
  [
    "what is kept on a class",
    `class Box { static who; static { Box.who = f(); } }\nst.cacheData(async () => Box.who);`,
    /`Box` keeps something/,
  ],
  [
    "a function that another has put together from values",
    `let who = f();\nst.cacheData(rows(() => who));`,
    /stands in the call/,
  ],
  [
    "a field of an object",
    `class Api { load = st.cacheData(async () => this.who); }`,
    /belongs to a function or an object/,
  ],
  [
    "a field of an object, by another function",
    `class Api { make() { const get = () => this.who; return st.cacheData(async () => get()); } }`,
    /belongs to a function or an object/,
  ],
  [
    "what a function was called with",
    `function make() { return st.cacheData(async () => arguments[0]); }`,
    /belongs to a function or an object/,
  ],
  [
    "what a class inherits",
    `class Api extends Base { make() { return st.cacheData(async () => super.who()); } }`,
    /belongs to a function or an object/,
  ],
])("refused: %s", (_, code, message) => {
  expect(capturesOf(code).refused).toContainEqual(expect.stringMatching(message));
});

test("the function is given what it reads itself; what others read is looked at twice", () => {
  const code = `const a = f(), b = f(), c = f();\nconst load = () => [b, c];\nst.cacheData(() => [a, b, load()]);`;
  expect(capturesOf(code).captured).toEqual([
    { name: "a", isGiven: true, isSeen: false },
    { name: "b", isGiven: true, isSeen: true },
    { name: "c", isGiven: false, isSeen: true },
  ]);
});

test("a module's own values are made once, and are no part of the key", () => {
  expect(
    namesIn(`const client = connect();\nexport const load = st.cacheData(() => client.rows);`, false),
  ).toEqual([]);
});
