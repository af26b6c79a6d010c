import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, expect, test } from "vitest";
import { compile, stopCompiler, type Compiled } from "./compile.ts";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
afterAll(stopCompiler);

const head = 'import { st } from "strongroom";\n';
const others = {
  "pages/2_admin.ts": `${head}st.text("admin");`,
  "pages/reports.ts": `${head}st.text("reports");`,
};

async function built(
  script: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Compiled["build"]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "strongroom-pages-")));
  made.push(folder);
  const door = "export const st = { text: () => {}, page: () => { throw new Error('st.page ran'); } };";
  mkdirSync(join(folder, "pages"));
  const files = { "door.mjs": door, "app.ts": head + script, ...others, ...more };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const doors = { strongroom: pathToFileURL(join(folder, "door.mjs")).href };
  const where = { appFolder: folder, script: join(folder, "app.ts"), stateFolder: join(folder, "state") };
  return (await compile({ ...where, doors })).build;
}

test("a page's rule, title and icon are read when the app compiles", async () => {
  const script = [
    'st.page("admin.ts", { allow: ["group:admins", "*@x.com"], title: "Office" });',
    'st.page("pages/reports.ts", { allow: "signed-in" as const, icon: `📈` })',
    'st.page("app.ts", { title: "Start" });',
    'st.text("after");',
  ].join("\n");
  const build = await built(script);
  if (!build.ok) throw new Error(build.problem);
  expect(build.pages).toEqual([
    { path: "", title: "Start", icon: "" },
    { path: "admin", title: "Office", icon: "", allow: ["group:admins", "*@x.com"] },
    { path: "reports", title: "Reports", icon: "📈", allow: "signed-in" },
  ]);
  const { default: app } = (await import(pathToFileURL(build.file).href)) as {
    default: { pages: { title: string; run: () => void }[] };
  };
  expect(app.pages.map(({ title }) => title)).toEqual(["Start", "Office", "Reports"]);
  app.pages[0]?.run(); // the declarations are gone: nothing of them runs
});

test("another rule is another version, although nothing else has changed", async () => {
  const versions = [];
  for (const group of ["a", "b"]) {
    const build = await built(`st.page("admin.ts", { allow: ["group:${group}"] });`);
    versions.push(build.ok ? build.version : build.problem);
  }
  expect(versions[0]).toMatch(/^[0-9a-f]{16}$/);
  expect(versions[0]).not.toBe(versions[1]);
});

test.each([
  [
    "of no page",
    'st.page("nothing.ts", { allow: "anyone" });',
    "app.ts:2:9",
    "a page of this app: app.ts, 2_admin.ts, reports.ts",
  ],
  [
    "from a value",
    'const group = "a";\nst.page("admin.ts", { allow: [`group:${group}`] });',
    "app.ts:3",
    "written out",
  ],
  [
    "from a name",
    'const rule = ["group:a"];\nst.page("admin.ts", { allow: rule });',
    "app.ts:3",
    "written out",
  ],
  ["that no rule is", 'st.page("admin.ts", { allow: ["admins"] });', "app.ts:2", '"group:finance"'],
  ["for nobody", 'st.page("admin.ts", { allow: [] });', "app.ts:2", "allow"],
  [
    "of another kind",
    'st.page("admin.ts", { allow: "anyone", layout: "wide" });',
    "app.ts:2",
    "allow, title, icon",
  ],
  ["spread", 'const more = {};\nst.page("admin.ts", { ...more });', "app.ts:3", "written out"],
  [
    "in a condition",
    'if (Date.now() > 0) {\n  st.page("admin.ts", { allow: "anyone" });\n}',
    "app.ts:3",
    "top level",
  ],
  ["whose answer is used", 'const a = st.page("admin.ts", { allow: "anyone" });', "app.ts:2", "top level"],
  [
    "twice",
    'st.page("admin.ts", { title: "A" });\nst.page("admin.ts", { title: "B" });',
    "app.ts:3",
    "declared above",
  ],
])("a declaration %s does not compile", async (_, script, place, words) => {
  const build = await built(script);
  expect(build.ok).toBe(false);
  if (build.ok) return;
  expect(build.problem).toContain(place);
  expect(build.problem).toContain(words);
});

test.each([
  [
    "another page",
    { "pages/reports.ts": `${head}st.page("admin.ts", { allow: "anyone" });` },
    "reports.ts:2",
  ],
  [
    "a helper",
    { "more.ts": `${head}export const x = 1;\nst.page("admin.ts", { allow: "anyone" });` },
    "more.ts:3",
  ],
])("a declaration in %s does not compile", async (_, more, place) => {
  const build = await built('import { x } from "./more.ts";\nst.text(String(x));', {
    "more.ts": "export const x = 1;",
    ...more,
  });
  expect(build.ok ? "compiled" : build.problem).toContain(place);
});

test("what the compiler cannot see throws when it runs, so that no page is open by a slip", async () => {
  const build = await built('const { page } = st;\npage("admin.ts", { allow: ["group:a"] });');
  if (!build.ok) throw new Error(build.problem);
  const { default: app } = (await import(pathToFileURL(build.file).href)) as {
    default: { pages: { run: () => void }[] };
  };
  expect(() => app.pages[0]?.run()).toThrow("st.page ran");
});
