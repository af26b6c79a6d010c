/** What viewers do to options of elements that hold an answer: choose in tables, click in cells, open and close. */
import { AxeBuilder } from "@axe-core/playwright";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser, Locator, Page } from "playwright-core";
import { launchChromium } from "../chromium.ts";
import { serve, type Server } from "../running/app-server.ts";
import { openWatched } from "./watched-page.ts";

let server: Server;
let browser: Browser;

beforeAll(async () => {
  const app = fileURLToPath(new URL("options-app", import.meta.url));
  [server, browser] = await Promise.all([serve(app), launchChromium()]);
});

afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
});

/** The first answer that a viewer can give: what is clicked before is not heard. */
async function open(): Promise<{ page: Page; faults: string[]; grid: Locator }> {
  const { page, faults } = await openWatched(browser, server.url);
  await page.getByRole("button", { name: "Menu of this app" }).waitFor();
  return { page, faults, grid: page.getByRole("grid", { name: "Customers" }) };
}

const says = (page: Page, text: string): Promise<void> => page.getByText(text, { exact: true }).waitFor();

test("rows and cells are chosen by mouse and keyboard, and let go", async () => {
  const { page, faults, grid } = await open();
  await page.getByRole("checkbox", { name: "All rows" }).click();
  await says(page, 'chosen {"rows":[0,1],"columns":[],"cells":[]}');
  await grid.getByRole("gridcell", { name: "Ada", exact: true }).click();
  await says(page, 'chosen {"rows":[0,1],"columns":[],"cells":[[0,"name"]]}');
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Space");
  await says(page, 'chosen {"rows":[0,1],"columns":[],"cells":[[0,"name"],[1,"name"]]}');
  await page.reload();
  await says(page, 'chosen {"rows":[0,1],"columns":[],"cells":[[0,"name"],[1,"name"]]}');
  await page.getByRole("button", { name: "Menu of this app" }).waitFor();
  await grid.focus();
  await page.keyboard.press("Escape");
  await says(page, 'chosen {"rows":[],"columns":[],"cells":[]}');
  expect(faults).toEqual([]);
  await page.context().close();
});

test("columns are chosen by their heads, which do not sort then", async () => {
  const { page, faults } = await open();
  const head = page.getByRole("grid", { name: "Columns" }).getByRole("columnheader", { name: "plan" });
  await head.click();
  await says(page, "columns plan");
  expect(await head.getAttribute("aria-selected")).toBe("true");
  expect(await head.getAttribute("aria-sort")).toBeNull();
  expect(faults).toEqual([]);
  await page.context().close();
});

test("a button in a cell is clicked by mouse, and by keyboard from its cell", async () => {
  const { page, faults, grid } = await open();
  await grid.getByRole("button", { name: "Close" }).click();
  await says(page, 'clicked {"row":0,"label":"Close"}');
  await grid.focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await says(page, 'clicked {"row":1,"label":"Open"}');
  expect(faults).toEqual([]);
  await page.context().close();
});

test("open tabs and parts are known to the script, and come back by their link", async () => {
  const { page, faults } = await open();
  await says(page, "the chart is computed");
  await page.getByRole("tab", { name: "Data" }).click();
  await says(page, "the data is computed");
  expect(page.url()).toContain("view=Data");
  await page.getByText("More", { exact: true }).click();
  await says(page, "more is open");
  await page.reload();
  await says(page, "the data is computed");
  await says(page, "more is open");
  expect(faults).toEqual([]);
  await page.context().close();
});

test("the menu tells what the app is; a locked side bar cannot be hidden", async () => {
  const { page, faults } = await open();
  expect(await page.locator('link[rel="icon"]').getAttribute("href")).toMatch(/^data:image\/svg/);
  await page.getByRole("button", { name: "Menu of this app" }).click();
  await page.getByRole("button", { name: "About" }).click();
  const about = page.getByRole("dialog", { name: "About Options" });
  await about.getByText("All options.").waitFor();
  await about.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Hide the side bar" }).waitFor({ state: "attached" });
  await page.getByRole("link", { name: "Second" }).click();
  await page.getByRole("heading", { name: "Second" }).waitFor();
  expect(await page.getByRole("button", { name: "Hide the side bar" }).count()).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});

test('what has the height "stretch" fills its container', { timeout: 60_000 }, async () => {
  const { page, faults } = await openWatched(browser, new URL("second", server.url).href);
  await page.getByRole("heading", { name: "Second" }).waitFor();
  const heightOf = async (what: Locator): Promise<number> => (await what.boundingBox())?.height ?? 0;
  const parts = [
    page.getByRole("figure"),
    page.getByRole("group", { name: "All" }),
    page.locator('[data-border="true"]', { hasText: "Sum" }).last(),
    page.getByRole("grid", { name: "Rows" }).locator(".."),
  ];
  for (const part of parts) {
    await expect.poll(() => heightOf(part), { timeout: 20_000 }).toBeGreaterThan(220);
    expect(await heightOf(part)).toBeLessThanOrEqual(320);
  }
  expect(faults).toEqual([]);
  await page.context().close();
});

test.each([
  { width: 1_280, colorScheme: "light" },
  { width: 390, colorScheme: "dark" },
] as const)("has no barrier at $width px, $colorScheme", async (screen) => {
  const { page, faults } = await openWatched(browser, server.url, screen);
  await page.getByText("More", { exact: true }).click();
  await says(page, "more is open");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});
