import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../../tools/paths.ts";
import { launchChromium } from "../../chromium.ts";
import { holds, stepsOf } from "./guide.ts";
import { Reader } from "./reader.ts";

const folder = join(root, "docs", "guides");
const guides = readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md");

describe("every step works in an empty folder", () => {
  test.each(guides)("of %s", { timeout: 300_000 }, async (name) => {
    const steps = stepsOf(readFileSync(join(folder, name), "utf8"));
    expect(steps.length).toBeGreaterThan(10);
    await using browser = await launchChromium();
    await using reader = new Reader(browser);
    for (const step of steps) await reader.take(step);
  });
});

test("the alias of the clone's command works in another folder", () => {
  const alias = /^alias strongroom=.*$/m;
  const said = [join(root, "README.md"), join(folder, "README.md")].map(
    (path) => alias.exec(readFileSync(path, "utf8"))?.[0],
  );
  expect(said[0]).toBe(said[1]);
  const elsewhere = mkdtempSync(join(tmpdir(), "strongroom alias-"));
  const script = `shopt -s expand_aliases\n${said[0]}\ncd "$1"\nstrongroom init`;
  const { status, stderr } = spawnSync("bash", ["-c", script, "bash", elsewhere], {
    cwd: root,
    encoding: "utf8",
  });
  expect([status, stderr, existsSync(join(elsewhere, "app.ts"))]).toEqual([0, "", true]);
  rmSync(elsewhere, { recursive: true });
});

test("the list of guides names each of them", () => {
  const list = readFileSync(join(folder, "README.md"), "utf8");
  for (const name of guides) expect(list).toContain(`](${name})`);
});

test("a step that does not hold is noticed", () => {
  expect(holds("The key has 18 characters.", "The key has 18 …")).toBe(true);
  expect(holds("The key has 18 characters.", "The key has 19 …")).toBe(false);
  expect(() => stepsOf("<!-- viewer: jump -->")).toThrow(/Nothing is known/);
});
