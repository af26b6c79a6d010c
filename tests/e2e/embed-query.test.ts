import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { findChromium, launchChromium } from "../chromium.ts";
import { serve } from "../running/app-server.ts";

const app = fileURLToPath(new URL("embed-app/", import.meta.url));
const soon = { timeout: 60_000 };
const query = "embed=true&embed_options=disable_scrolling&embed_options=dark_theme";

/** What of the page is drawn how. */
const lookOf = (page: Page) =>
  page.evaluate(() => {
    const main = document.querySelector("main");
    const html = document.documentElement;
    return {
      theme: html.dataset["theme"],
      overflow: getComputedStyle(html).overflowY,
      padding: main && getComputedStyle(main).padding,
      colours: document.querySelectorAll('[aria-label^="Colours"]').length,
      title: document.querySelector("h1")?.getBoundingClientRect().top,
    };
  });

test.skipIf(findChromium() === undefined)(
  "a page looks as its address says from its first HTML on, wherever its viewer goes, and its author hears nothing of that",
  { timeout: 120_000 },
  async () => {
    await using server = await serve(app);
    await using browser = await launchChromium();
    const still = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await still.goto(`${server.url}?${query}`);
    const drawn = await lookOf(still);
    expect(drawn).toMatchObject({ theme: "dark", overflow: "hidden", padding: "16px", colours: 0 });

    const context = await browser.newContext();
    // What the viewer chose in a tab of its own does not count here.
    await context.addCookies([{ name: "strongroom-theme", value: "light", url: server.url }]);
    const page = await context.newPage();
    await page.goto(`${server.url}?region=EU&${query}`);
    await page.locator("html[data-live]").waitFor(soon);
    expect(await lookOf(page)).toEqual(drawn);
    await page.getByText('Names: {"region":"EU"}').waitFor(soon);
    await page.getByRole("button", { name: "Next region" }).click();
    await page.waitForURL(`${server.url}?region=US&${query}`, soon);
    const link = page.getByRole("link", { name: "Late" });
    expect(await link.getAttribute("href")).toBe(`./late?${query}`);
    await link.click();
    await page.getByText("Here: {}").waitFor(soon);
    expect(page.url()).toBe(`${server.url}late?${query}`);
    await page.goBack();
    await page.getByText('Names: {"region":"US"}').waitFor(soon);
    await page.goForward();
    await page.getByRole("button", { name: "Back" }).click(soon);
    await page.getByText('Names: {"region":"EU"}').waitFor(soon);
    expect(page.url()).toBe(`${server.url}?region=EU&${query}`);
    await page.reload();
    await page.getByText('Names: {"region":"EU"}').waitFor(soon);
    expect(await lookOf(page)).toMatchObject({ theme: "dark", padding: "16px" });

    const plain = await context.newPage();
    await plain.goto(server.url);
    await plain.getByText("Names: {}").waitFor(soon);
    expect(await lookOf(plain)).toMatchObject({ theme: "light", overflow: "visible" });
    expect((await lookOf(plain)).colours).toBeGreaterThan(0);
  },
);
