import { AxeBuilder } from "@axe-core/playwright";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { root } from "../../tools/paths.ts";
import { launchChromium } from "../chromium.ts";
import { serve, type Server } from "../running/app-server.ts";
import { startPostgres } from "../servers/postgres.ts";
import { openWatched } from "./watched-page.ts";

/** However slow the machine is. */
const soon = { timeout: 60_000 };
const source = join(root, "examples", "stockroom");

test("the whole app over SQLite: find, add, book, change, remove", { timeout: 180_000 }, async () => {
  await using server = await serve(source);
  await play(server);
});

test("the same over DuckDB, by one changed line", { timeout: 180_000 }, async () => {
  const path = `path = ".strongroom/state/stock.duckdb", seed = "data/seed.sql"`;
  using app = changed(`stock = { type = "duckdb", ${path}, write = true }`);
  await using server = await serve(app.folder);
  await play(server);
});

test("the same over PostgreSQL, by one changed line", { timeout: 240_000 }, async () => {
  await using postgres = await startPostgres();
  await postgres.admin(readFileSync(join(source, "data", "seed.sql"), "utf8"));
  const { user, password, port, database } = postgres;
  const url = `postgres://${user}@127.0.0.1:${port}/${database}?sslmode=disable`;
  using app = changed(`stock = { type = "postgres", url = "${url}", write = true }`);
  const secrets = `[connections.stock]\npassword = "${password}"\n`;
  writeFileSync(join(app.folder, ".strongroom", "secrets.toml"), secrets, { mode: 0o600 });
  await using server = await serve(app.folder);
  await play(server);
  const parts = await postgres.admin("select count(*), sum(stock) from part");
  expect(parts).toEqual([["82", "498"]]);
  expect(await postgres.admin("select * from booking where part = 'BR-2000'")).toEqual([]);
});

/** A copy of the example with its one line changed. */
function changed(line: string) {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-stockroom-"));
  cpSync(source, folder, { recursive: true, filter: (path) => !path.includes("/state") });
  const config = join(folder, ".strongroom", "config.toml");
  const written = readFileSync(config, "utf8");
  expect(written.match(/^stock = /gm)).toHaveLength(1);
  writeFileSync(config, written.replace(/^stock = .*$/m, line));
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

async function play({ url }: Server): Promise<void> {
  await using browser = await launchChromium();
  const { page, faults } = await openWatched(browser, url);
  await playThrough(page, url);
  expect(faults).toEqual([]);
}

/** What somebody does on a day at the stockroom. */
async function playThrough(page: Page, url: string): Promise<void> {
  await filters(page, url);
  await addsPart(page, url);
  await books(page);
  await changes(page);
  await removes(page);
}

/** Filters narrow the page, stand in the address, and come back from it. */
async function filters(page: Page, url: string): Promise<void> {
  await page.getByText("82 rows", { exact: true }).waitFor(soon);
  await page.getByRole("searchbox", { name: "Search", exact: true }).fill("chain,");
  await page.getByText("4 rows", { exact: true }).waitFor(soon);
  await page.goto(`${url}?category=Lighting&category=Wheels&low=true`);
  await page.getByText("Front light, battery, 50 lux").waitFor(soon);
  await page.getByText("2 rows", { exact: true }).waitFor(soon);
  // What means something to a database means nothing here.
  await page.goto(`${url}?search=${encodeURIComponent("%' or 1=1 --")}`);
  await page.getByText("No part fits these filters").waitFor(soon);
}

async function addsPart(page: Page, url: string): Promise<void> {
  await page.goto(`${url}add-a-part`);
  const add = page.getByRole("button", { name: "Add", exact: true });
  const alerts = page.locator("main [role=alert]");
  await add.click();
  await expect.poll(() => alerts.count(), soon).toBe(6);
  const { violations } = await new AxeBuilder({ page }).include("main").analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

  await page.getByRole("textbox", { name: "Number" }).fill("br1");
  await page.getByRole("textbox", { name: "Name" }).fill("Drop'; table part");
  await page.getByRole("combobox", { name: "Category" }).selectOption("Brakes");
  await page.getByRole("combobox", { name: "Maker" }).fill("Øresund");
  await page.getByRole("combobox", { name: "Maker" }).press("Enter");
  await page.getByRole("textbox", { name: "Shelf" }).fill("A4-1");
  await page.getByRole("spinbutton", { name: "Price" }).fill("12.5");
  await page.getByRole("spinbutton", { name: "Pieces" }).fill("5");
  await add.click();
  await expect
    .poll(() => alerts.allInnerTexts(), soon)
    .toEqual(["Two capital letters, a dash, four digits: BR-1010"]);
  await page.getByRole("textbox", { name: "Number" }).fill("BR-1010");
  await add.click();
  await page.getByText("There is a part BR-1010 already").waitFor(soon);
  await page.getByRole("textbox", { name: "Number" }).fill("BR-2000");
  await add.click();
  await page.getByText("Added: Drop'; table part.").waitFor(soon);
  expect(page.url()).toBe(`${url}?search=BR-2000`);
  await page.getByText("1 row", { exact: true }).waitFor(soon);
}

/** Takes out more than there is, which changes nothing, and then less. */
async function books(page: Page): Promise<void> {
  await page.getByRole("gridcell", { name: "BR-2000" }).click();
  await page.getByText("BR-2000 · Øresund · Shelf A4-1 · 5 pieces, minimum 2").waitFor(soon);
  await page.getByRole("spinbutton", { name: "Pieces" }).fill("6");
  await page.getByRole("button", { name: "Book" }).click();
  await page.getByText("On the shelf: 5 pieces. Nothing was booked.").waitFor(soon);
  await page.getByRole("spinbutton", { name: "Pieces" }).fill("4");
  await page.getByRole("button", { name: "Book" }).click();
  await page.getByText("Taken out: 4 × Drop'; table part.").waitFor(soon);
  await page.getByRole("gridcell", { name: "Low" }).waitFor(soon);
}

async function changes(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Change" }).click();
  await page.getByRole("textbox", { name: "Shelf" }).fill("B2-2");
  // As by keyboard: the key that reaches the field takes all of it.
  await page.getByRole("spinbutton", { name: "Minimum" }).press("Tab");
  await page.keyboard.type("13.75");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("BR-2000 · Øresund · Shelf B2-2 · 1 piece, minimum 2").waitFor(soon);
  await page.getByRole("gridcell", { name: "$13.75" }).waitFor(soon);
}

async function removes(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByText("This is needed to go on").waitFor(soon);
  await page.getByRole("checkbox", { name: "Remove BR-2000 for good" }).check();
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByText("No part fits these filters").waitFor(soon);
  await page.getByText("Removed: Drop'; table part.").waitFor(soon);
}
