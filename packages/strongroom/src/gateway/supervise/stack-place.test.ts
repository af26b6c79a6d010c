import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authorPlace } from "./stack-place.ts";

const appFolder = mkdtempSync(join(tmpdir(), "strongroom-stack-"));
const buildFolder = join(appFolder, ".strongroom", "state", "build");
const built = join(buildFolder, "0123456789abcdef", "app.mjs");

beforeAll(() => {
  mkdirSync(join(buildFolder, "0123456789abcdef"), { recursive: true });
  // Line 1 of what was built is line 4 of the script.
  const map = { version: 3, sources: [join(appFolder, "app.ts")], names: [], mappings: "AAGA" };
  writeFileSync(`${built}.map`, JSON.stringify(map));
});
afterAll(() => rmSync(appFolder, { recursive: true, force: true }));

const place = (...stack: readonly string[]): string | undefined =>
  authorPlace(stack, { appFolder, buildFolder });

test("a place in what was built is told as the author's", () => {
  expect(place(`    at run (file://${built}:1:5)`)).toBe("app.ts:4");
});

test("the first place of the author's counts: not ours, and not a package's", () => {
  expect(
    place(
      "    at listOnTimeout (node:internal/timers:685:17)",
      `    at f (file://${appFolder}/node_modules/left/index.js:1:1)`,
      "    at g (/elsewhere/other.js:7:1)",
      `    at ${appFolder}/helper.js:3:9`,
      `    at file://${built}:1:5`,
    ),
  ).toBe("helper.js:3");
});

test.each([
  "",
  "    at",
  "    at run (file://%zz/app.ts:1:1)",
  "    at run (file://host/app.ts:1:1)",
  "    at run (/etc/passwd:1:1)",
  `    at run (${appFolder}/../outside.ts:1:1)`,
  `    at run (${appFolder}/.strongroom/secrets.toml:1:1)`,
  `    at run (${"/a".repeat(100_000)}:1:1)`,
  `    at run (file://${buildFolder}/none/app.mjs:1:1)`,
  `    at ${"(".repeat(50_000)}`,
])("a line that is made up leads nowhere (%#)", (line) => {
  expect(place(line)).toBeUndefined();
});

test("a map that is none is left alone", () => {
  for (const text of [
    "",
    "null",
    "[]",
    '{"sources":1,"mappings":{}}',
    '{"sources":["/etc/passwd"],"mappings":"AAAA"}',
  ]) {
    writeFileSync(`${built}.map`, text);
    expect(place(`    at run (file://${built}:1:5)`)).toBeUndefined();
  }
});
