import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchChromium } from "../chromium.ts";
import { serve } from "../running/app-server.ts";
import { freePort, proxyNames, startProxy } from "./proxies.ts";
import { openWatched } from "./watched-page.ts";

const app = fileURLToPath(new URL("base-path-app/", import.meta.url));
const soon = { timeout: 60_000 };

describe.skipIf(findChromium() === undefined)("an app below a path of a shared host", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test.each(proxyNames)(
    "behind %s, everything that a viewer does stays below it",
    { timeout: 120_000 },
    async (name) => {
      const port = await freePort();
      const origin = `https://localhost:${port}`;
      const config = `[server]\nurl = "${origin}"\nbaseUrlPath = "team/app"\ntrustedProxies = ["127.0.0.1"]\nenableStaticServing = true\n`;
      await using server = await serve(app, { config });
      expect(server.url).toMatch(/\/team\/app\/$/);
      await server.line(new RegExp(`^address ${origin}/team/app/$`));
      const at = { app: new URL(server.url).origin, base: "/team/app" };
      await using _ = await startProxy({ name, port, ...at });
      const { page, faults } = await openWatched(browser, `${origin}/team/app?tab=a`, { width: 900 });
      const asked: string[] = [];
      page.on("request", (request) => asked.push(new URL(request.url()).pathname));
      page.on("websocket", (socket) => asked.push(new URL(socket.url()).pathname));
      await page.goto(`${origin}/team/app`);
      expect(page.url()).toBe(`${origin}/team/app/`);

      await page.getByRole("slider").press("ArrowRight");
      await page.getByText("Warmth: 19 °C").waitFor(soon);
      for (const alt of ["dot", "made"])
        await expect
          .poll(
            () => page.getByAltText(alt).evaluate((image) => "naturalWidth" in image && image.naturalWidth),
            soon,
          )
          .toBe(1);
      await page
        .getByLabel("One file")
        .setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("abc") });
      await page.getByText("a.txt 3").waitFor(soon);
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Take it" }).click();
      expect((await download).suggestedFilename()).toBe("hello.txt");

      await page.getByRole("link", { name: "second" }).click();
      await page.getByText("tab none").waitFor(soon);
      expect(page.url()).toBe(`${origin}/team/app/second`);
      await page.getByRole("button", { name: "Name it" }).click();
      await expect.poll(() => page.url(), soon).toBe(`${origin}/team/app/second?tab=b`);
      await page.goBack();
      await page.getByText("Warmth: 18 °C").waitFor(soon);
      await page.getByRole("slider").press("ArrowRight");
      await page.getByText("Warmth: 19 °C").waitFor(soon);
      await page.reload();
      await page.getByText("Warmth: 19 °C").waitFor(soon);

      expect(asked.filter((path) => !path.startsWith("/team/app"))).toEqual([]);
      const cookies = await page.context().cookies();
      expect(cookies.map((cookie) => cookie.name)).toContain("__Host-strongroom-viewer.team.app");
      expect(faults).toEqual([]);
      const missing = await page.goto(`${origin}/team/app/nothing`);
      expect(missing?.status()).toBe(404);
      await page.getByRole("link", { name: "To the start" }).click();
      await page.getByText("Below a path").first().waitFor(soon);
      await page.context().close();
    },
  );
});
