import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../chromium.ts";
import { openWatched } from "../e2e/watched-page.ts";
import { serve, type Server } from "../running/app-server.ts";
import { payloads } from "./markup/payloads.ts";

let app: Server;
let browser: Browser;

beforeAll(async () => {
  const source = fileURLToPath(new URL("markup", import.meta.url));
  [app, browser] = await Promise.all([serve(source), launchChromium()]);
}, 90_000);

afterAll(async () => {
  await browser.close();
  await app[Symbol.asyncDispose]();
});

/** What no text may make in a page; the one script that stands in the document is ours, first in its head. */
const made =
  'iframe, object, embed, base, meta[http-equiv], form[action], script:not([src]):not([type="application/json"]):not(head > meta[charset]:first-child + script), [onerror], [onload], [onclick], [onmouseover], [style*="attacker"], a[href^="javascript" i], a[href^="data" i], img[src*="attacker"], link[href*="attacker"]';

function watchForDialogs(page: Page, faults: string[]): void {
  page.on("dialog", (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
}

test.each(payloads.map((_, at) => at).filter((at) => at % 15 === 0))(
  "no text runs, loads or becomes anything, wherever an app shows it (from payload %i)",
  async (from) => {
    const { page, faults } = await openWatched(browser, app.url);
    watchForDialogs(page, faults);
    await page.goto(`${app.url}?from=${from}`);
    await page.getByText("The end.").waitFor();
    await page.waitForLoadState("networkidle");
    expect(await page.locator(made).count()).toBe(0);
    // What reacts to the mouse reacts to nothing of the text's.
    // ":" is the address of nothing.
    for (const link of await page.locator("main a[href]").all())
      expect(["http:", "https:", "mailto:", "blob:", ":"]).toContain(
        await link.evaluate((one: HTMLAnchorElement) => one.protocol),
      );
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test("a picture with a script in it runs nothing, on the page or in a tab of its own", async () => {
  const { page, faults } = await openWatched(browser, app.url);
  await page.goto(app.url);
  const source = await page.locator('img[src*="_strongroom/bytes/"]').first().getAttribute("src");
  const tab = await page.context().newPage();
  watchForDialogs(tab, faults);
  const asked: string[] = [];
  tab.on("requestfailed", (request) => asked.push(request.failure()?.errorText ?? ""));
  const answer = await tab.goto(new URL(source ?? "", app.url).href);
  expect(answer?.headers()["content-type"]).toBe("image/svg+xml");
  expect(answer?.headers()["content-security-policy"]).toContain("sandbox");
  await tab.waitForLoadState("networkidle");
  // The picture's own wish was stopped by its policy, before anything left the browser.
  expect(asked).toEqual(["csp"]);
  expect(faults).toEqual([]);
  await page.context().close();
});
