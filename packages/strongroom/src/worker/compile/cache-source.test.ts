import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { cachedFunctions } from "./cached-functions.ts";
import { compile, stopCompiler } from "./compile.ts";
import { parseModule } from "./syntax-tree.ts";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
afterAll(stopCompiler);

/** Under which names the cached functions of a page keep their values. */
function places(body: string): readonly string[] {
  const code = `import { st } from "strongroom";\nimport { ask } from "./ask.ts";\n${body}`;
  const source = { file: "/app/app.ts", appFolder: "/app", isPage: true, code };
  return cachedFunctions(source, parseModule(code)).places;
}

const load = `const load = st.cacheData(async (id) => ask(limits, id).map(shape));\n`;
const base = `const limits = { rows: 10 };\nfunction shape(row) { return [row, unit()]; }\nconst unit = () => "EUR";\n${load}`;

describe("a cached function's name", () => {
  test.each([
    ["a line above it", `st.title("New");\n${base}`],
    ["what is shown below", `${base}st.text(await load(1));\nconst more = 2;\n`],
    ["another cached function", `const other = st.cacheData(() => 1);\n${base}`],
    ["spaces round it", `\n\n   ${base}`],
  ])("stays when this changes: %s", (_, body) => {
    expect(places(body)).toContain(places(base)[0]);
  });

  test.each([
    ["its own text", base.replace("(limits, id)", "(limits, id + 1)")],
    ["a value that it reads", base.replace("rows: 10", "rows: 11")],
    ["a function that it calls", base.replace("[row, unit()]", "[unit(), row]")],
    ["a function that that one calls", base.replace('"EUR"', '"USD"')],
    ["a part of a value, elsewhere", `${base}limits.rows = 12;\n`],
    ["a value's list, elsewhere", `${base}Object.assign(limits, { rows: 12 });\n`],
    ["another module under the same name", base.replace("ask(limits", "shape(limits")],
  ])("is another when this changes: %s", (_, body) => {
    expect(places(body)).not.toContain(places(base)[0]);
  });

  test("is another for each of two that are alike", () => {
    expect(new Set(places("st.cacheData(() => 1);\nst.cacheData(() => 1);\n")).size).toBe(2);
  });
});

describe("the version of what a module imports", () => {
  const files = {
    "app.ts": `import { st } from "strongroom";\nimport { ask } from "./lib/ask.ts";\nst.text(await st.cacheData(ask)());\n`,
    "lib/ask.ts": `import { unit } from "./unit.ts";\nimport rates from "./rates.json";\nimport { far } from "far";\nexport const ask = async () => [unit, rates, far];\n`,
    "lib/unit.ts": `export const unit = "EUR";\n`,
    "lib/rates.json": `{ "EUR": 1 }`,
    "node_modules/far/package.json": `{ "name": "far", "version": "1.0.0", "type": "module", "main": "far.js" }`,
    "node_modules/far/far.js": `export const far = 1;\n`,
    "node_modules/.package-lock.json": `{ "packages": { "node_modules/nested": { "version": "1.0.0" } } }`,
    "pages/other.ts": `import { st } from "strongroom";\nst.text("other");\n`,
  };

  async function versions(changes: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "strongroom-versions-")));
    made.push(folder);
    for (const [path, text] of Object.entries({ ...files, ...changes })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { build } = await compile({
      appFolder: folder,
      script: join(folder, "app.ts"),
      stateFolder: join(folder, ".strongroom", "state"),
      doors: { strongroom: "file:///door.mjs" },
    });
    if (!build.ok) throw new Error(build.problem);
    const text = readFileSync(join(dirname(build.file), "versions.json"), "utf8").replaceAll(folder, "");
    return JSON.parse(text) as Record<string, string>;
  }

  test.each([
    ["lib/unit.ts", `export const unit = "USD";\n`],
    ["lib/rates.json", `{ "EUR": 2 }`],
    ["node_modules/far/package.json", files["node_modules/far/package.json"].replace("1.0.0", "1.0.1")],
    ["node_modules/.package-lock.json", `{ "packages": { "node_modules/nested": { "version": "1.0.1" } } }`],
  ])("is another when %s changes, however far away", async (path, text) => {
    expect((await versions({ [path]: text }))["app.ts"]).not.toBe((await versions())["app.ts"]);
  });

  test("stays when another page or the module itself changes", async () => {
    const changed = await versions({
      "pages/other.ts": `import { st } from "strongroom";\nst.text("changed");\n`,
      "app.ts": `${files["app.ts"]}st.text("more");\n`,
    });
    expect(changed["app.ts"]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(changed["app.ts"]).toBe((await versions())["app.ts"]);
  });
});
