import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "./compile.ts";
import { doors } from "./doors.ts";
import { keepLastBuild, lastBuild } from "./last-build.ts";

/** An app that was compiled once. */
async function builtApp() {
  const appFolder = realpathSync(mkdtempSync(join(tmpdir(), "strongroom-built-")));
  const save = (path: string, text: string): void => {
    mkdirSync(dirname(join(appFolder, path)), { recursive: true });
    // As editors save: a new file takes the place of the old one.
    writeFileSync(join(appFolder, `${path}~`), text);
    renameSync(join(appFolder, `${path}~`), join(appFolder, path));
  };
  save("app.ts", `import "./lib/a.ts";\n`);
  save("lib/a.ts", "console.log(1);\n");
  const folders = { appFolder, script: join(appFolder, "app.ts"), stateFolder: join(appFolder, "state") };
  mkdirSync(join(folders.stateFolder, "build"), { recursive: true });
  const { build, inputs } = await compile({ ...folders, doors });
  keepLastBuild(folders, build, inputs);
  const remove = (): void => rmSync(appFolder, { recursive: true });
  return { build, folders, save, [Symbol.dispose]: remove };
}

test("an app that nobody has touched is what it was", async () => {
  using app = await builtApp();
  expect(app.build.ok).toBe(true);
  expect(lastBuild(app.folders)).toEqual(app.build);
});

test.each([
  ["a file that it imports is saved", "lib/a.ts", "console.log(2);\n"],
  ["a page comes", "pages/1_more.ts", "console.log(3);\n"],
])("is to be compiled once %s", async (_, path, text) => {
  using app = await builtApp();
  app.save(path, text);
  expect(lastBuild(app.folders)).toBeUndefined();
});

test("is to be compiled where another script is asked for, or what was compiled is gone", async () => {
  using app = await builtApp();
  app.save("other.ts", "console.log(4);\n");
  expect(lastBuild({ ...app.folders, script: join(app.folders.appFolder, "other.ts") })).toBeUndefined();
  if (app.build.ok) rmSync(app.build.file);
  expect(lastBuild(app.folders)).toBeUndefined();
});

test.each(["", "{}", `{"compiler":"1","script":"app.ts","inputs":[],"build":{"ok":true}}`])(
  "a record that is not one is none: %s",
  async (text) => {
    using app = await builtApp();
    writeFileSync(join(app.folders.stateFolder, "build", "last.json"), text);
    expect(lastBuild(app.folders)).toBeUndefined();
  },
);
