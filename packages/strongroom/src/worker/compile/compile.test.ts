import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, expect, test } from "vitest";
import { compile, stopCompiler } from "./compile.ts";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
afterAll(stopCompiler);

/** An app of these files, beside a stand-in for our door that tells what it was called with. */
function app(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "strongroom-compile-")));
  made.push(folder);
  const door = `export const st = {
    text: (text) => console.log(text),
    cacheData: (load, options, place) => { console.log(place, JSON.stringify(options)); return load; },
    cacheResource: (load, options, place) => { console.log(place); return load; },
  };`;
  for (const [path, text] of Object.entries({ "../door.mjs": door, ...files })) {
    const file = path.startsWith("..") ? join(folder, ".strongroom", "door.mjs") : join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

function build(folder: string) {
  return compile({
    appFolder: folder,
    script: join(folder, "app.ts"),
    stateFolder: join(folder, ".strongroom", "state"),
    doors: { strongroom: pathToFileURL(join(folder, ".strongroom", "door.mjs")).href },
  });
}

async function problem(files: Readonly<Record<string, string>>): Promise<string> {
  const { build: result } = await build(app(files));
  return result.ok ? "" : result.problem;
}

/** Runs a page of the compiled app in a process of its own, `times` over; answers what it printed. */
async function run(folder: string, page = "", times = 1): Promise<string> {
  const { build: result } = await build(folder);
  if (!result.ok) throw new Error(result.problem);
  const script = `
    globalThis.strongroomThrowing = (value) => {
      console.log("thrown " + new Error("thrown").stack.split("\\n")[2].trim());
      return value;
    };
    const { default: app } = await import(${JSON.stringify(pathToFileURL(result.file).href)});
    const { run } = app.pages.find(({ path }) => path === ${JSON.stringify(page)});
    for (let turn = 0; turn < ${times}; turn++) {
      try {
        const ended = run();
        console.log(ended instanceof Promise ? "async" : "sync");
        await ended;
      } catch (error) { console.log(error.stack); }
    }`;
  const args = ["--enable-source-maps", "--input-type=module", "-e", script];
  return execFileSync(process.execPath, args, { encoding: "utf8" }).replaceAll(folder, "<app>");
}

test("a script without await is a plain function, and its imports are loaded once", async () => {
  const folder = app({
    "app.ts": `import { st } from "strongroom";\nimport { count } from "./count.ts";\nst.text(\`\${count()}\`);\n`,
    "count.ts": `console.log("loaded");\nlet calls = 0;\nexport const count = (): number => ++calls;\n`,
  });
  expect(await run(folder, "", 2)).toBe("loaded\n1\nsync\n2\nsync\n");
});

test.each([
  ["await Promise.resolve();", "async"],
  ["for await (const x of [1]) void x;", "async"],
  ["const later = async () => await 1; void later;", "sync"],
  ["class A { async b(): Promise<void> { await 1; } } void A;", "sync"],
  ["{ await using x = { async [Symbol.asyncDispose]() {} }; void x; }", "async"],
])("%s makes the page %s", async (body, kind) => {
  expect(await run(app({ "app.ts": body }))).toContain(kind);
});

test("a stack names the author's lines, whatever stood above them", async () => {
  const folder = app({
    "app.ts": `import type { Order } from "./orders.ts";
import {
  // The first.
  load,
} from "./orders.ts";
import { st } from "strongroom";

interface Local {
  readonly a: number;
}

const order: Order = { id: 1 };
st.text("before" satisfies string);
await Promise.resolve();
load(order as Order);
`,
    "orders.ts": `export interface Order {
  id: number;
}

export function load(order: Order): never {
  const text: string = "no order " + order.id;
  throw new Error(text);
}
`,
  });
  const output = await run(folder);
  expect(output).toContain("no order 1\n    at load (<app>/orders.ts:7:9)\n    at");
  expect(output).toContain("<app>/app.ts:15:1");
});

test("a thrown value that is no Error has the author's line, and stays what it is", async () => {
  const folder = app({
    "app.ts": `import { refuse } from "./refuse.ts";\ntry {\n  refuse(2);\n} catch (error) {\n  console.log(error);\n  throw error;\n}\n`,
    "refuse.ts": `export function refuse(n: number): never {\n  const m = n; throw m + 1, \`no \${m}\`;\n}\n`,
  });
  const output = await run(folder);
  expect(output).toContain("\nno 2\n");
  expect(output).toContain("thrown at refuse (<app>/refuse.ts:2:16)");
  expect(output).toContain("thrown at run (<app>/app.ts:6:3)");
});

test("a stack is right in a folder with odd names, and below a line that names a program", async () => {
  const folder = app({
    "app.ts": `#!/usr/bin/env node\nimport { fail } from "./größe & co/a b.ts";\nfail();\n`,
    "größe & co/a b.ts": `export const fail = (): never => {\n  throw new Error("odd");\n};\n`,
  });
  const output = await run(folder);
  expect(output).toContain("at fail (<app>/größe & co/a b.ts:2:9)");
  expect(output).toContain("<app>/app.ts:3:1");
});

test("a page's own error has line and column, also after a cached function on the same line", async () => {
  const folder = app({
    "app.ts": `import { st } from "strongroom";\n\nst.cacheData(() => 1); st.cacheData(() => 2, { ttl: 1 }); null.x;\n`,
  });
  const output = await run(folder);
  expect(output).toMatch(/^app\.ts#\S{22}\.0 undefined\napp\.ts#\S{22}\.0 \{"ttl":1\}\n/);
  expect(output).toContain("<app>/app.ts:3:64");
});

test("cached functions of helper modules know their place too, under any name of st", async () => {
  const folder = app({
    "app.ts": `import "./lib/data.ts";\n`,
    "lib/data.ts": `import { st as ours } from "strongroom";\n\n  export const open = ours.cacheResource(() => 1);\n`,
  });
  expect(await run(folder)).toMatch(/lib\/data\.ts#\S{22}\.0\n/);
});

test("a module that is imported when it is needed is bundled, and its errors name its lines", async () => {
  const folder = app({
    "app.ts": `const { late } = await import("./late.ts");\nlate();\n`,
    "late.ts": `type A = 1;\n\nexport const late = (): never => {\n  throw new Error("late");\n};\n`,
  });
  const output = await run(folder);
  expect(output).toContain("at late (<app>/late.ts:4:9)");
  expect(output).toContain("<app>/app.ts:2:1");
});

test("JSON can be imported, with and without its attribute", async () => {
  const folder = app({
    "app.ts": `import a from "./a.json";\nimport b from "./b.json" with { type: "json" };\nconsole.log(a.x, b.y);\n`,
    "a.json": `{ "x": 1 }`,
    "b.json": `{ "y": 2 }`,
  });
  expect(await run(folder)).toContain("1 2\n");
});

test("packages are loaded by Node from beside the author's file, in the form that Node would choose", async () => {
  const folder = app({
    "app.ts": `import { kind } from "dual";\nimport old from "old";\nimport list from "dual/list.json";\nconsole.log(kind, old.kind, list);\n`,
    "node_modules/dual/package.json": `{ "name": "dual", "exports": { ".": { "module": "./no.js", "import": "./esm.mjs", "require": "./cjs.cjs" }, "./list.json": "./list.json" } }`,
    "node_modules/dual/esm.mjs": `export const kind = "esm";`,
    "node_modules/dual/cjs.cjs": `exports.kind = "cjs";`,
    "node_modules/dual/list.json": `[1]`,
    "node_modules/old/package.json": `{ "name": "old", "main": "lib" }`,
    "node_modules/old/lib.js": `exports.kind = require("node:path").basename(__filename);`,
  });
  expect(await run(folder)).toContain("esm lib.js [ 1 ]\n");
});

test("import.meta is the author's file", async () => {
  const folder = app({
    "app.ts": `import { here } from "./lib/here.ts";\nconsole.log(import.meta.dirname, here, import.meta.filename);\n`,
    "lib/here.ts": `export const here = new URL("./data.csv", import.meta.url).pathname;\n`,
  });
  expect(await run(folder)).toContain("<app> <app>/lib/data.csv <app>/app.ts\n");
});

test("pages have paths, titles and icons from their names, in the order of their numbers", async () => {
  const folder = app({
    "app.ts": "",
    "pages/10_Customer-details.ts": "",
    "pages/2_orders.ts": `console.log("orders");`,
    "pages/1_📈_Größe_und_mehr.ts": "",
    "pages/_parts.ts": "export const part = 1;",
    "pages/notes.md": "",
  });
  const { build: result } = await build(folder);
  expect(result.ok && result.pages).toEqual([
    { path: "", title: "Home", icon: "" },
    { path: "grosse_und_mehr", title: "Größe und mehr", icon: "📈" },
    { path: "orders", title: "Orders", icon: "" },
    { path: "customer-details", title: "Customer details", icon: "" },
  ]);
  expect(await run(folder, "orders")).toContain("orders\n");
});

test("a folder of pages that holds none is an app of one page", async () => {
  const { build: result } = await build(app({ "app.ts": "", "pages/readme.md": "" }));
  expect(result.ok && result.pages).toEqual([{ path: "", title: "Home", icon: "" }]);
});

test("the same source is the same version; old versions go", async () => {
  const folder = app({ "app.ts": "let a = 0;" });
  const versions: string[] = [];
  for (const text of ["let a = 0;", "let a = 0;", ...Array.from({ length: 9 }, (_, n) => `let b = ${n};`)]) {
    writeFileSync(join(folder, "app.ts"), text);
    const { build: result } = await build(folder);
    if (result.ok) versions.push(result.version);
  }
  expect(versions[0]).toBe(versions[1]);
  expect(new Set(versions).size).toBe(10);
  const kept = readdirSync(join(folder, ".strongroom", "state", "build"));
  expect(kept).toHaveLength(6);
  expect(kept).toContain(versions.at(-1));
});

test("the map beside the module holds whole addresses", async () => {
  const folder = app({ "app.ts": "console.log(1);" });
  const { build: result } = await build(folder);
  const map = JSON.parse(readFileSync(`${result.ok ? result.file : ""}.map`, "utf8")) as {
    sources: string[];
  };
  expect(map.sources).toContain(pathToFileURL(join(folder, "app.ts")).href);
});

test("the folder's other files are named as what a watcher must look at", async () => {
  const folder = app({ "app.ts": `import "./a.ts";\nimport "./b.json";\n`, "a.ts": "", "b.json": "{}" });
  const { inputs } = await build(folder);
  expect([...inputs].map((file) => file.slice(folder.length + 1)).sort()).toEqual([
    "a.ts",
    "app.ts",
    "b.json",
  ]);
});

test.each<[string, Record<string, string>, readonly string[]]>([
  ["no app file", {}, ["app.ts was not found in", "strongroom init"]],
  [
    "two files for one path",
    { "app.ts": "", "pages/1_orders.ts": "", "pages/2_Orders.ts": "" },
    ["pages/1_orders.ts and pages/2_Orders.ts", "/orders", "Rename"],
  ],
  ["a path of the server's own", { "app.ts": "", "pages/healthz.ts": "" }, ["pages/healthz.ts", "Rename"]],
  [
    "an export in a page",
    { "app.ts": `import "./a.ts";\nconst a = 1;\nexport const b = a;\n`, "a.ts": "" },
    ["app.ts:3:1 A page is a script", "a file of its own", "  3 | export const b = a;\n    | ^"],
  ],
  [
    "a syntax error in a helper",
    { "app.ts": `import "./lib/a.ts";`, "lib/a.ts": "\n\tconst ü = (1 + ;\n" },
    ['lib/a.ts:2:17 ";" was not expected here.', "  2 |  const ü = (1 + ;\n    |                 ^"],
  ],
  ["a syntax error in a page", { "app.ts": "if (true {\n" }, ["app.ts:1:10", '")" was expected here']],
  [
    "a file that ends too early",
    { "app.ts": 'import "./b.json";\nfunction a() {\n', "b.json": "1" },
    ["app.ts:3:1", "a bracket"],
  ],
  [
    "a file that does not exist",
    { "app.ts": `import {\n  a,\n} from "./lib/hepler.ts";\na();\n`, "lib/helper.ts": "export const a = 1;" },
    ["app.ts:3:9", "lib/hepler.ts does not exist", 'Did you mean "./lib/helper.ts"?'],
  ],
  [
    "a package that is not installed",
    { "app.ts": `\nimport { a } from "@some/thing/deep";\na();\n` },
    ["app.ts:2:20", "npm install @some/thing"],
  ],
  [
    "a name that is not exported",
    { "app.ts": `import { lod } from "./a.ts";\nlod();\n`, "a.ts": "export const load = () => 1;\n" },
    ["app.ts:1:10", 'a.ts has no export named "lod"', "load"],
  ],
  [
    "a file of another kind",
    { "app.ts": `import a from "./a.csv";\na;\n`, "a.csv": "" },
    ["app.ts:1:16", "readFile"],
  ],
  [
    "code from an address",
    { "app.ts": `import "https://example.com/a.js";` },
    ["app.ts:1:9", "its packages"],
  ],
  [
    "an unknown door of ours",
    { "app.ts": `import "strongroom/worker";` },
    ['"strongroom/worker"', '"strongroom"'],
  ],
  ["a return", { "app.ts": "return 1;\n" }, ["app.ts:1:1", "st.stop()"]],
  ["a const set again", { "app.ts": "const a = 1;\na = 2;\n" }, ["app.ts:2:1", "let"]],
  ["broken JSON", { "app.ts": `import a from "./a.json";\na;`, "a.json": `{ "a": }` }, ["a.json:1:8"]],
])("%s: place and fix", async (_, files, parts) => {
  const text = await problem(files);
  for (const part of parts) expect(text).toContain(part);
});

test("export {} in a page only says that it is a module", async () => {
  expect(await problem({ "app.ts": "export {};\nexport type A = 1;\n" })).toBe("");
});
