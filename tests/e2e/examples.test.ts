import { AxeBuilder } from "@axe-core/playwright";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import { root } from "../../tools/paths.ts";
import { launchChromium } from "../chromium.ts";
import { serve, type Server } from "../running/app-server.ts";
import { openWatched } from "./watched-page.ts";

let browser: Browser;

beforeAll(async () => void (browser = await launchChromium()));
afterAll(() => browser.close());

const screens = [
  { width: 1_280, colorScheme: "light" },
  { width: 1_280, colorScheme: "dark" },
  { width: 390, colorScheme: "light" },
  { width: 390, colorScheme: "dark" },
] as const;

describe.each(["days-off", "hello", "stockroom"])("examples/%s", (name) => {
  let server: Server;
  beforeAll(async () => void (server = await serve(join(root, "examples", name))));
  afterAll(() => server[Symbol.asyncDispose]());

  test.each(screens)(
    "has no violation, no barrier and no foreign request at $width px, $colorScheme",
    { timeout: 180_000 },
    async (screen) => {
      const { page, faults } = await openWatched(browser, server.url, screen);
      for (const path of await pathsOf(server.url)) {
        if (path !== "/") await page.goto(new URL(path, server.url).href);
        await drawn(page);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`)).toEqual(
          [],
        );
        const { scroll, client } = await page.evaluate(() => ({
          scroll: document.documentElement.scrollWidth,
          client: document.documentElement.clientWidth,
        }));
        expect(scroll, `${path} is wider than the screen`).toBeLessThanOrEqual(client);
      }
      expect(faults).toEqual([]);
      await page.context().close();
    },
  );
});

/** Waits until the page lives, all that it fetches has come, and what that showed has been painted. */
async function drawn(page: Page): Promise<void> {
  await page.waitForSelector("html[data-live]");
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
}

/** Every page of the app, as its own navigation links it. */
async function pathsOf(url: string): Promise<readonly string[]> {
  const html = await (await fetch(url)).text();
  const links = [...html.matchAll(/<a[^>]+href="(\/[a-z0-9_-]*)"/g)].map((match) => match[1] ?? "/");
  return [...new Set(["/", ...links])];
}
