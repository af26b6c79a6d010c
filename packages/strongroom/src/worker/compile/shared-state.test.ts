import { expect, test } from "vitest";
import { readModule, sharedReads } from "./read-modules.ts";

/** What is said of the cached functions of an app whose page is `app`; other files are named without their ending. */
function said(files: Readonly<Record<string, string>>): readonly string[] {
  const names = Object.keys(files);
  const modules = names.flatMap((name) => {
    const code = `import { st } from "strongroom";\n${files[name] ?? ""}`;
    const module = readModule({ file: `/app/${name}.ts`, isPage: name === "app", code, mappings: "" });
    return module === undefined ? [] : [module];
  });
  const imported = names.flatMap((from) =>
    names.map((to) => [`/app/${from}.ts\0./${to}.ts`, `/app/${to}.ts`] as const),
  );
  return sharedReads(modules, new Map(imported), "/app").map(({ message }) => message);
}

const who = `const who = st.textInput("Who");\n`;

test.each([
  [
    "a name that a module sets again",
    `import { current, setCurrent } from "./ui.ts";\n${who}setCurrent(who);\nst.cacheData(async () => "hello " + current);`,
    `export let current = "";\nexport const setCurrent = (to) => { current = to; };`,
    "current",
  ],
  [
    "a member that the page sets",
    `import { box } from "./ui.ts";\n${who}box.who = who;\nst.cacheData(async () => box.who);`,
    `export const box = {};`,
    "box",
  ],
  [
    "a member that is set under another name",
    `import { box as mine } from "./ui.ts";\n${who}const { inner } = mine;\ninner.who = who;\nst.cacheData(async () => mine.inner.who);`,
    `export const box = { inner: {} };`,
    "box",
  ],
  [
    "a member of a whole module's",
    `import * as ui from "./ui.ts";\n${who}ui.box.who = who;\nst.cacheData(async () => ui.box.who);`,
    `export const box = {}, other = 1;`,
    "box",
  ],
  [
    "a list that something is pushed onto",
    `import { add, last } from "./ui.ts";\n${who}add(who);\nst.cacheData(async () => last());`,
    `const list = [];\nexport function add(one) { list.push(one); }\nexport function last() { return list.at(-1); }`,
    "list",
  ],
  [
    "what a function is given and changes",
    `import { box, fill } from "./ui.ts";\n${who}fill(box, who);\nst.cacheData(async () => box.who);`,
    `export const box = {};\nexport function fill(what, to) { what.who = to; }`,
    "box",
  ],
  [
    "parts that an assignment takes apart",
    `import { current, set } from "./ui.ts";\nset([1]);\nst.cacheData(async () => current);`,
    `export let current;\nexport function set(all) { [current] = all; }`,
    "current",
  ],
  [
    "a default export",
    `import box from "./ui.ts";\n${who}box.who = who;\nst.cacheData(async () => box.who);`,
    `export default {};`,
    "default",
  ],
  [
    "an object with a method that changes it",
    `import { store } from "./ui.ts";\n${who}store.set(who);\nst.cacheData(async () => store.who);`,
    `export const store = { who: "", put(to) { this.who = to; } };`,
    "store",
  ],
  [
    "an instance with a method that changes it",
    `import { store } from "./ui.ts";\n${who}store.put(who);\nst.cacheData(async () => store.who);`,
    `class Store { who = ""; put(to) { this.who = to; } }\nexport const store = new Store();`,
    "store",
  ],
  [
    "a function's variable that others set",
    `import { store } from "./ui.ts";\n${who}store.put(who);\nst.cacheData(async () => store.get());`,
    `function make() { let kept; return { put(to) { kept = to; }, get: () => kept }; }\nexport const store = make();`,
    "store",
  ],
  [
    "a class's own member",
    `import { Box } from "./ui.ts";\n${who}Box.who = who;\nst.cacheData(async () => Box.who);`,
    `export class Box { static who = ""; }`,
    "Box",
  ],
])("refused: %s", (_, app, ui, name) => {
  const [text, ...more] = said({ app, ui });
  expect(more).toEqual([]);
  expect(text).toContain(`\`${name}\` of ui.ts is shared by all viewers and changed while the app runs (`);
  expect(text).toContain("Pass what it needs as an argument");
});

test.each([
  ["globalThis", `globalThis.x = who;\nst.cacheData(async () => globalThis.x);`],
  ["a global name", `globalThis.x = who;\nst.cacheData(async () => x);`],
  ["the environment", `process.env.WHO = who;\nst.cacheData(async () => process.env.WHO);`],
  ["the environment under any name", `process.env[who] = who;\nst.cacheData(async () => process.env.WHO);`],
  ["what is assigned at once", `Object.assign(globalThis, { x: who });\nst.cacheData(async () => x);`],
  ["what the language has", `Math.who = who;\nst.cacheData(async () => Math.who);`],
])("refused: %s", (_, code) => {
  expect(said({ app: `${who}${code}` })).toEqual([
    expect.stringContaining("shared by all viewers and changed"),
  ]);
});

test.each([
  ["what is assigned to it", `axios.defaults.headers = { who };`, "axios", `import axios from "axios";`],
  [
    "a text with something of theirs in it",
    "axios.defaults.key = `Bearer ${who}`;",
    "axios",
    `import axios from "axios";`,
  ],
  ["what they signed in with", `axios.defaults.key = st.user.token;`, "axios", `import axios from "axios";`],
  [
    "what a function answers",
    `axios.defaults.key = askWho();`,
    "axios",
    `import axios from "axios";\nimport { askWho } from "ask";`,
  ],
  ["a part of it", `const { defaults } = axios;\ndefaults.who = who;`, "axios", `import axios from "axios";`],
  ["what is put into it", `Object.assign(axios.defaults, { who });`, "axios", `import axios from "axios";`],
  ["a method that sets", `await axios.changeLanguage(who);`, "i18n", `import axios from "i18n";`],
  ["a function that sets", `setLocale(who);`, "money", `import { setLocale, axios } from "money";`],
  ["a whole package", `axios.config.who = who;`, "keeper", `import * as axios from "keeper";`],
])("refused: a package that is told who is looking, by %s", (_, change, name, imported) => {
  const app = `${imported}\n${who}${change}\nst.cacheData(async () => axios.get("/me"));`;
  expect(said({ app })).toEqual([
    expect.stringContaining(`\`${name}\` is shared by all viewers and changed`),
  ]);
});

test.each([
  [
    "by the page",
    `(await import("./ui.ts")).box.who = who;\nst.cacheData(async () => (await import("./ui.ts")).box.who);`,
  ],
  [
    "under a name",
    `const ui = await import("./ui.ts");\nui.box.who = who;\nst.cacheData(async () => { const { box } = await import("./ui.ts"); return box.who; });`,
  ],
  ["by a function of its own", `st.cacheData(async () => (await import("./ui.ts")).last());`],
])("refused: a module that is imported on the way, changed %s", (_, code) => {
  const ui = `export const box = {};\nlet kept;\nexport const put = (to) => { kept = to; };\nexport const last = () => kept;`;
  const own = `export const box = {};`;
  const files = { app: `${who}${code}`, ui: code.includes("last") ? ui : own };
  expect(said(files)).toEqual([expect.stringContaining("of ui.ts is shared by all viewers and changed")]);
});

test.each([
  ["in place", `(await client()).token = who;`],
  ["under a name", `const mine = await client();\nmine.headers.token = who;`],
  [
    "by another function",
    `const put = (to, what) => { to.token = what; };\nconst mine = await client();\nput(mine, who);`,
  ],
])("refused: a resource that is given something of a viewer, %s", (_, change) => {
  const made = `const client = st.cacheResource(async () => ({ headers: {} }));`;
  const load = `st.cacheData(async () => (await client()).token);`;
  const text = expect.stringMatching(/^`client`.* is shared by all viewers and changed/);
  expect(said({ app: `${made}\n${who}${change}\n${load}` })).toEqual([text]);
  const app = `import { client } from "./ui.ts";\n${who}${change}\n${load}`;
  expect(said({ app, ui: `export ${made}` })).toEqual([text]);
});

test("refused in a module's own cached functions, through other modules and names that are passed on", () => {
  const files = {
    app: `import { load, set } from "./data.ts";\nset(st.textInput("Who"));\nst.text(await load());`,
    data: `export { set } from "./ui.ts";\nimport { read } from "./more.ts";\nexport const load = st.cacheData(async () => read());`,
    more: `export * from "./ui.ts";`,
    ui: `let current;\nexport const set = (to) => { current = to; };\nexport const read = () => current;`,
  };
  expect(said(files)).toEqual([expect.stringContaining("`current` of ui.ts")]);
  expect(said(files)[0]).toContain("by way of `read`");
});

test("refused beside a key, and in resources", () => {
  const ui = `export const box = {};`;
  for (const call of [
    "st.cacheData(async (id) => box.who, { key: (id) => id })",
    "st.cacheResource(async () => box.who)",
  ])
    expect(
      said({ app: `import { box } from "./ui.ts";\nbox.who = st.textInput("Who");\n${call};`, ui }),
    ).toHaveLength(1);
});

test.each([
  [
    "constants",
    `export const rows = [1, 2], limits = { most: 3 };\nexport const read = () => [rows, limits];`,
  ],
  [
    "what is filled while the module is loaded",
    `const index = new Map();\nfor (const row of [1]) index.set(row, row);\n[1].forEach((row) => index.set(row, 1));\nexport const read = () => index.get(1);`,
  ],
  [
    "what a function fills for itself",
    `export function read() { const list = []; const add = (one) => { list.push(one); }; add(1); return list; }`,
  ],
  [
    "what is built while the module is loaded",
    `function build() { const found = {}; ["a"].forEach((one) => { found[one] = 1; }); return found; }\nconst table = build();\nexport const read = () => table.a;`,
  ],
  [
    "what is only written",
    `const log = [];\nlet calls = 0;\nexport function read() { calls++; log.push("read"); return 1; }`,
  ],
  [
    "an instance that is new each time",
    `class Box { put(to) { this.who = to; } }\nexport const read = () => new Box();`,
  ],
  [
    "enumerations",
    `var Color = ((Color) => { Color[(Color.Red = 0)] = "Red"; return Color; })(Color || {});\nexport const read = () => Color.Red;`,
  ],
  [
    "state that no cached function reads",
    `export const read = () => 1;\nlet current;\nexport const set = (to) => { current = to; };\nexport const get = () => current;`,
  ],
  [
    "packages that are used, and told what stands in the source",
    `import _ from "lodash";\nimport dayjs from "dayjs";\nimport { z } from "zod";\nconst bag = {};\nexport function fill(a) { _.set(a, "b", 1); dayjs.locale("de"); return _.add(a, 1); }\nexport const read = () => [_.get({}, "a"), dayjs(), z.string()];`,
  ],
  [
    "packages that are told what is the same for all",
    'import axios from "axios";\nexport function begin() { axios.defaults.baseURL = `https://example.com`; axios.defaults.headers = { key: `Bearer ${st.secrets.KEY}`, home: process.env.HOME, max: 5 }; }\nexport const read = () => axios.get("/");',
  ],
  [
    "resources that are asked to do something",
    `const client = st.cacheResource(() => new Map());\nexport const put = async (a) => { const c = await client(); c.set(a, 1); (await client()).add(a); };\nexport const read = async () => (await client()).get("a");`,
  ],
  [
    "a module that is imported on the way",
    `export const read = async () => (await import("./more.ts")).one;`,
  ],
  ["the environment", `export const read = () => process.env.HOME;`],
  ["copies", `const base = { a: 1 };\nexport const read = (n) => Object.assign({}, base, { n });`],
  [
    "connections",
    `export const db = st.connection("shop");\nexport const read = () => db.query("select 1");`,
  ],
])("taken: %s", (_, ui) => {
  const app = `import { read } from "./ui.ts";\nconst own = [];\nown.push(st.textInput("Who"));\nst.cacheData(async () => read());`;
  expect(said({ app, ui })).toEqual([]);
});
