import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import type { Build } from "../../wire/compiler-frames.ts";
import { compile, stopCompiler } from "./compile.ts";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
afterAll(stopCompiler);

async function build(files: Readonly<Record<string, string>>): Promise<Build> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "strongroom-queries-")));
  made.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { build: result } = await compile({
    appFolder: folder,
    script: join(folder, "app.ts"),
    stateFolder: join(folder, ".strongroom", "state"),
    doors: { strongroom: "file:///door.mjs" },
  });
  return result;
}

async function problem(files: Readonly<Record<string, string>>): Promise<string> {
  const result = await build(files);
  return result.ok ? "" : result.problem;
}

const shop = `import { st } from "strongroom";
interface Row {
  id: number;
}
const name: string = st.textInput("Name");
const db = st.connection("shop");
`;

test("a query put together from values is refused at its line and column, with the fix", async () => {
  const text = await problem({
    "app.ts": `${shop}const rows = await db.query<Row>(\`select * from t where name = '\${name}'\`, { params: {} });\n`,
  });
  expect(text).toMatch(/^app\.ts:7:34 This query's text is put together from values/);
  expect(text).toContain("Leave the round brackets out: db.query`… ${value} …`");
  expect(text).toContain("7 | const rows = await db.query<Row>(`select");
});

test("each place is told, and where the text is made far from its call, the place where it is made", async () => {
  const text = await problem({
    "app.ts": `${shop}let sql: string = "select 1 as id";
if (name !== "")
  sql += \` where name = '\${name}'\`;
st.write(await db.query<Row>(sql, { params: {} }));
await db.execute("delete from t where name = " + name);
`,
  });
  expect(text).toMatch(/^app\.ts:9:10 .*It is asked in line 10\./);
  expect(text).toMatch(/^app\.ts:11:18 /m);
});

test("a connection of another file is known, by whatever name and way it comes", async () => {
  const files = {
    "data/db.ts": `import { st } from "strongroom";
export const db = st.connection("shop");
export const make = () => st.connection("shop");
export default db;
export const other = new Map<string, string>();
`,
    "data/index.ts": `export { db as shop, make, other } from "./db.ts";\n`,
  };
  const refused = [
    `import { db } from "./data/db.ts"; db.query(\`a \${name}\`);`,
    `import { shop } from "./data/index.ts"; shop.query(\`a \${name}\`);`,
    `import { make } from "./data/index.ts"; make().query(\`a \${name}\`);`,
    `import db from "./data/db.ts"; db.query(\`a \${name}\`);`,
    `import * as all from "./data/db.ts"; all.db.query(\`a \${name}\`);`,
    `import * as all from "./data/db.ts"; all.make().query(\`a \${name}\`);`,
  ];
  for (const line of refused)
    expect(await problem({ ...files, "app.ts": `const name = String(Date.now());\n${line}\n` })).toMatch(
      /^app\.ts:2:\d+ This query/,
    );
  const fine = `import { other } from "./data/index.ts"; other.get(\`a \${1}\`); const name = Date(); other.query(\`a \${String(name)}x\${Date.now()}\`);`;
  expect(await problem({ ...files, "app.ts": fine })).toBe("");
});

test("a query in a helper's file is refused there", async () => {
  const text = await problem({
    "app.ts": `import { load } from "./load.ts";\nawait load("x");\n`,
    "load.ts": `import { st } from "strongroom";\nexport async function load(name: string) {\n  return st.connection("shop").query(\`select \${name}\`);\n}\n`,
  });
  expect(text).toMatch(/^load\.ts:3:38 This query/);
});

test("calls whose text stands in the source say so to the worker; no other call is touched", async () => {
  const result = await build({
    "app.ts": `${shop}const one = db.query<Row>("select :a", { params: { a: 1 } });
const two = db.query<Row>(String(globalThis), { params: { a: 1 } });
const three = db.query<Row>\`select \${name}\`;
st.write(one, two, three);
`,
  });
  const code = result.ok ? readFileSync(result.file, "utf8") : "";
  expect(code).toContain('db.query("select :a", { params: { a: 1 } }, true)');
  expect(code).toContain("db.query(String(globalThis), { params: { a: 1 } })");
  expect(code).toContain("db.query`select ${name}`");
});

test("what a cached function reads from around it is written into its call", async () => {
  const result = await build({
    "app.ts": `${shop}const load = st.cacheData(async () => db.query\`select \${name}\`);\nst.text(await load());\n`,
  });
  const code = result.ok ? readFileSync(result.file, "utf8") : "";
  expect(code).toMatch(/cacheData\(\(db2, name2\) => \(?async \(\) => db2\.query`select \$\{name2\}`/);
  expect(code).toContain('["name", () => name, true, false]');
});

test.each([
  "const s = st;\ns.cacheData(async () => name);",
  "const { cacheData } = st;\ncacheData(async () => name);",
  "const keep = st['cacheData'];\nkeep(async () => name);",
  "const given = [async () => name] as const;\nst.cacheData(...given);",
])("a cached function that is made in another way is refused: %s", async (code) => {
  expect(await problem({ "app.ts": `${shop}${code}\n` })).toMatch(
    /^app\.ts:\d+:\d+ A cached function is made where it is called for/,
  );
});

test("a cached function that reads what modules share and change is refused at that name, with the place of the change", async () => {
  const text = await problem({
    "app.ts": `import { st } from "strongroom";
import { current, setCurrent } from "./ui.ts";
setCurrent(st.textInput("Who"));
const load = st.cacheData(async () => "hello " + current);
st.text(await load());
`,
    "ui.ts": `export let current: string = "";

export function setCurrent(to: string): void {
  current = to;
}
`,
  });
  expect(text).toMatch(
    /^app\.ts:4:\d+ `current` of ui\.ts is shared by all viewers and changed while the app runs \(ui\.ts:4\)/,
  );
});
