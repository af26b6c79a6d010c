import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, JSHandle, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchChromium } from "../chromium.ts";
import { serve, type Server } from "../running/app-server.ts";
import { openWatched } from "./watched-page.ts";

const source = fileURLToPath(new URL("upload-app/", import.meta.url));
const png = Buffer.from("89504e470d0a1a0a0000000d", "hex");

describe.skipIf(findChromium() === undefined)("sending files by hand", () => {
  let browser: Browser;
  let server: Server;
  const home = mkdtempSync(join(tmpdir(), "strongroom-folder-"));

  beforeAll(async () => {
    mkdirSync(join(home, "sub"));
    writeFileSync(join(home, "a.csv"), "a");
    writeFileSync(join(home, "sub", "b.txt"), "b");
    server = await serve(source);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
    rmSync(home, { recursive: true });
  });

  const drag = (page: Page, names: readonly string[]): Promise<JSHandle<DataTransfer>> =>
    page.evaluateHandle((all) => {
      const data = new DataTransfer();
      for (const name of all) data.items.add(new File(["a,b"], name));
      return data;
    }, names);

  test("a folder is sent whole, and each name says where it was", async () => {
    const { page, faults } = await openWatched(browser, server.url);
    await page.getByLabel("A folder").setInputFiles(home);
    const name = basename(home);
    await page.getByText(`folder: ${name}/a.csv ${name}/sub/b.txt`).waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });

  test("a file is dropped on its place, which shows that it would take it; not on one that is off", async () => {
    const { page, faults } = await openWatched(browser, server.url);
    const [place, off] = [page.getByLabel("Orders"), page.getByLabel("Not now")];
    const zone = place.locator("..");
    const dataTransfer = await drag(page, ["dropped.csv"]);
    const border = (): Promise<string> => zone.evaluate((one) => getComputedStyle(one).borderStyle);
    expect(await border()).toBe("dashed");
    await place.dispatchEvent("dragover", { dataTransfer });
    await expect.poll(border).toBe("solid");
    await place.dispatchEvent("dragleave", { dataTransfer });
    await expect.poll(border).toBe("dashed");
    await place.dispatchEvent("drop", { dataTransfer });
    await page.getByText("orders: dropped.csv").waitFor();
    await off.dispatchEvent("drop", { dataTransfer: await drag(page, ["nowhere.csv"]) });
    expect(await page.getByText("nowhere.csv").count()).toBe(0);
    expect(faults).toEqual([]);
    await page.close();
  });

  test("a file on its way shows how far it is, and is cancelled", async () => {
    const { page, faults } = await openWatched(browser, server.url);
    const slow = await page.context().newCDPSession(page);
    await slow.send("Network.enable");
    const line = { offline: false, latency: 0, downloadThroughput: 1e7, uploadThroughput: 40_000 };
    await slow.send("Network.emulateNetworkConditions", line);
    const buffer = Buffer.concat([png, Buffer.alloc(4_000_000)]);
    await page.getByLabel("Pictures").setInputFiles({ name: "slow.png", mimeType: "image/png", buffer });
    const bar = page.getByRole("progressbar", { name: "Sending slow.png" });
    await bar.waitFor();
    await expect.poll(() => bar.evaluate((one: HTMLProgressElement) => one.value)).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Cancel slow.png" }).click();
    await bar.waitFor({ state: "detached" });
    await slow.send("Network.emulateNetworkConditions", { ...line, uploadThroughput: -1 });
    await page.getByLabel("Pictures").setInputFiles({ name: "next.png", mimeType: "image/png", buffer: png });
    await page.getByText("pictures: 1").waitFor();
    expect(await page.getByText("slow.png").count()).toBe(0);
    expect(faults).toEqual([]);
    await page.close();
  });

  test.each(["light", "dark"] as const)(
    "by the keyboard alone, heard by a screen reader, and without a finding of axe, %s",
    async (colorScheme) => {
      const { page } = await openWatched(browser, server.url, { width: 390, colorScheme });
      await page
        .getByLabel("Orders")
        .setInputFiles({ name: "a.csv", mimeType: "", buffer: Buffer.from("a,b") });
      await page.getByRole("status").getByText("One file is here").waitFor();
      const wrong = { name: "b.png", mimeType: "image/png", buffer: Buffer.from("no picture") };
      await page.getByLabel("Pictures").setInputFiles(wrong);
      await page
        .getByRole("alert")
        .getByText("b.png: A picture is expected here, by its name and by its content.")
        .waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      await page.getByLabel("Orders").focus();
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
        "Remove a.csv",
      );
      await page.keyboard.press("Enter");
      await page.getByText("orders: none").waitFor();
      const focused = page.getByLabel("Orders");
      expect(await focused.evaluate((one) => one === document.activeElement)).toBe(true);
      await page.close();
    },
  );
});
