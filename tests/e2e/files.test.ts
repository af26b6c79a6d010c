import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Target } from "../chaos/target.ts";
import { findChromium, launchChromium } from "../chromium.ts";
import { serve, type Server } from "../running/app-server.ts";
import { openWatched } from "./watched-page.ts";

const source = fileURLToPath(new URL("files-app/", import.meta.url));
const csv = (text: string) => ({ name: "orders.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

describe.skipIf(findChromium() === undefined)("files in a browser", () => {
  let browser: Browser;
  let server: Server;

  beforeAll(async () => {
    server = await serve(source);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });

  const shows = (page: Page, text: string): Promise<void> => page.getByText(text).first().waitFor();

  test("a file reaches the script, stays over a refresh, and goes when it is taken back", async () => {
    const { page, faults } = await openWatched(browser, server.url);
    await page.getByLabel("One file").setInputFiles(csv("a,b\n1,2\n"));
    await shows(page, "orders.csv text/csv 8 a,b");
    await shows(page, 'rows: [{"a":1,"b":2}]');
    await page.reload();
    await shows(page, "orders.csv text/csv 8 a,b");
    await page.getByRole("button", { name: "Remove orders.csv" }).click();
    await shows(page, "no file");
    expect(faults).toEqual([]);
    await page.close();
  });

  test("a file is gone with the server: its viewer is told, and the script, which kept it", async () => {
    await using target = await Target.start(source);
    const { page, kept } = await openWatched(browser, target.url);
    await page.getByLabel("One file").setInputFiles(csv("a,b\n1,2\n"));
    await shows(page, "kept: a,b");
    await kept();
    await target.killGateway();
    await shows(page, "What you sent is no longer on the server. Choose it again.");
    await shows(page, "kept: StrongroomError");
    await shows(page, "no file");
    await page.getByLabel("One file").setInputFiles(csv("c,d\n"));
    await shows(page, "kept: c,d");
    expect(await page.getByText("no longer on the server").count()).toBe(0);
    await page.close();
  });

  test("several files come together, and each name once", async () => {
    const { page, faults } = await openWatched(browser, server.url);
    const names = ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"];
    const files = names.map((name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(name) }));
    await page.getByLabel("Many files").setInputFiles(files);
    for (const name of names) await page.getByRole("button", { name: `Remove ${name}` }).waitFor();
    await page.getByText(/^many:( [a-e]\.txt){5}$/).waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });

  test("what is too large or of another kind says so beside its name, and is not sent", async () => {
    const { page, faults } = await openWatched(browser, server.url);
    await page.getByLabel("One file").setInputFiles(csv("x".repeat(1_000_001)));
    await page.getByRole("alert").getByText("too large: at most 1 MB").waitFor();
    const picture = { name: "a.png", mimeType: "image/png", buffer: Buffer.from("x") };
    await page.getByLabel("One file").setInputFiles(picture);
    await page.getByRole("alert").getByText("CSV or TXT is expected").waitFor();
    await page.getByRole("button", { name: "Dismiss a.png" }).click();
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(faults).toEqual([]);
    await page.close();
  });

  test("a table that goes wrong says where, and the next one is read", async () => {
    const { page } = await openWatched(browser, server.url);
    await page.getByLabel("One file").setInputFiles(csv("a,b\n1,2\n3\n"));
    await shows(page, "orders.csv: Line 3, column 2: 2 fields were expected");
    await page.getByLabel("One file").setInputFiles(csv("a,b\n3,4\n"));
    await shows(page, 'rows: [{"a":3,"b":4}]');
    await page.close();
  });

  test("a program that is named as text is refused by the server", async () => {
    const { page } = await openWatched(browser, server.url);
    const program = Buffer.concat([Buffer.from("MZ\x90\0\x03\0", "latin1"), Buffer.alloc(100)]);
    await page.getByLabel("One file").setInputFiles({ ...csv(""), buffer: program });
    await page
      .getByRole("alert")
      .getByText("CSV or TXT is expected here, by its name and by its content")
      .waitFor();
    await shows(page, "no file");
    await page.close();
  });

  test("in a form a file waits for the button", async () => {
    const { page, faults } = await openWatched(browser, server.url);
    await page.getByLabel("In a form").setInputFiles(csv("a"));
    await page.getByRole("button", { name: "Remove orders.csv" }).waitFor();
    expect(await page.getByText("sent orders.csv").count()).toBe(0);
    await page.getByRole("button", { name: "Send it" }).click();
    await shows(page, "sent orders.csv");
    expect(faults).toEqual([]);
    await page.close();
  });

  test("a download has its name and bytes, also one that is made at the click", async () => {
    const { page, faults } = await openWatched(browser, server.url);
    const save = async (name: string): Promise<readonly [string, string]> => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name }).click(),
      ]);
      return [download.suggestedFilename(), readFileSync(await download.path(), "utf8")];
    };
    expect(await save("Save it")).toEqual(["saved.csv", "a,b\n1,2\n"]);
    expect(await save("Make it")).toEqual(["made.txt", "made of nothing"]);
    await shows(page, "made now");
    expect(faults).toEqual([]);
    await page.close();
  });
});
