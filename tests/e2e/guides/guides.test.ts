import { readdirSync, readFileSync } from "node:fs";
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

test("the list of guides names each of them", () => {
  const list = readFileSync(join(folder, "README.md"), "utf8");
  for (const name of guides) expect(list).toContain(`](${name})`);
});

test("a step that does not hold is noticed", () => {
  expect(holds("The key has 18 characters.", "The key has 18 …")).toBe(true);
  expect(holds("The key has 18 characters.", "The key has 19 …")).toBe(false);
  expect(() => stepsOf("<!-- viewer: jump -->")).toThrow(/Nothing is known/);
});
