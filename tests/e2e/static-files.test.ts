import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchChromium } from "../chromium.ts";
import { serve, type Server } from "../running/app-server.ts";
import { openWatched } from "./watched-page.ts";

const source = fileURLToPath(new URL("static-app/", import.meta.url));

describe.skipIf(findChromium() === undefined)("an app's own files in a browser", () => {
  let browser: Browser;
  let server: Server;

  beforeAll(async () => {
    server = await serve(source, { config: "[server]\nenableStaticServing = true\n" });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });

  test("a picture is shown, and links lead to what they name", async () => {
    const { page, faults } = await openWatched(browser, server.url);
    const picture = page.getByAltText("A dot");
    await expect.poll(() => picture.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(10);
    expect(faults).toEqual([]);
    const [answer] = await Promise.all([
      page.waitForResponse(/letter/),
      page.getByRole("link", { name: "the letter" }).click(),
    ]);
    expect([answer.status(), await answer.text()]).toEqual([200, "Dear reader\n"]);
    await page.close();
  });

  test("a page and a drawing with scripts run nothing in the app's origin", async () => {
    const { page } = await openWatched(browser, server.url);
    for (const name of ["page.html", "drawing.svg"]) {
      const answer = await page.goto(`${server.url}app/static/${name}`);
      expect(answer?.status(), name).toBe(200);
      expect(await page.title()).not.toBe("ran");
    }
    await page.goto(server.url);
    expect(await page.evaluate(() => localStorage.getItem("ran"))).toBeNull();
    const loads = await page.evaluate(async () => {
      const script = document.createElement("link");
      script.rel = "stylesheet";
      script.href = "/app/static/page.html";
      const ended = new Promise((resolve) => {
        script.onload = () => resolve("loaded");
        script.onerror = () => resolve("refused");
      });
      document.head.append(script);
      return ended;
    });
    expect(loads).toBe("refused");
    await page.close();
  });
});
