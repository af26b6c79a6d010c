import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { fileURLToPath } from "node:url";
import type { AddressInfo } from "node:net";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { findChromium, launchChromium } from "../chromium.ts";
import { serve } from "../running/app-server.ts";
import { Authority } from "../servers/certificates.ts";
import { freePort, startProxy } from "./proxies.ts";

const app = fileURLToPath(new URL("base-path-app/", import.meta.url));
const soon = { timeout: 60_000 };

/** A page of another site: to a browser `127.0.0.1` and `localhost` are two. */
async function startParent(
  authority: Authority,
  frame: string,
): Promise<{ origin: string } & AsyncDisposable> {
  const { cert, key } = authority.sign("parent", { names: "IP:127.0.0.1" });
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (_, answer) => {
    answer.setHeader("Content-Type", "text/html");
    answer.end(
      `<!doctype html><title>Parent</title><iframe title="app" width="800" height="600" src="${frame}"></iframe>`,
    );
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    origin: `https://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function opened(
  browser: Browser,
  url: string,
): Promise<{ page: Page; frame: FrameLocator; faults: string[] }> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  await page.goto(url);
  return { page, frame: page.frameLocator("iframe"), faults };
}

test.skipIf(findChromium() === undefined)(
  "a listed page shows the app in a frame, where all of it works; any other page shows nothing of it",
  { timeout: 120_000 },
  async () => {
    using authority = new Authority("Strongroom test");
    const port = await freePort();
    const origin = `https://localhost:${port}`;
    await using listed = await startParent(authority, `${origin}/`);
    await using foreign = await startParent(authority, `${origin}/`);
    const config = `[server]\nallowedOrigins = ["${origin}"]\nenableStaticServing = true\n[embedding]\nallow = ["${listed.origin}"]\n`;
    await using server = await serve(app, { config });
    await using _ = await startProxy({ name: "nginx", port, app: server.url.slice(0, -1) });
    await using browser = await launchChromium();

    const { page, frame, faults } = await opened(browser, listed.origin);
    await frame.getByText("Below a path").first().waitFor(soon);
    await frame.getByRole("slider").press("ArrowRight");
    await frame.getByText("Warmth: 19 °C").waitFor(soon);
    const file = { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("abc") };
    await frame.getByLabel("One file").setInputFiles(file);
    await frame.getByText("a.txt 3").waitFor(soon);
    // A refresh finds the session there, too.
    const again = page.waitForResponse((response) => response.url() === `${origin}/`);
    await page.frames()[1]?.evaluate(() => location.reload());
    expect(await (await again).text()).toContain("Warmth: 19 °C");
    const cookies = await page.context().cookies(origin);
    expect(cookies.sort((one, other) => (one.name < other.name ? -1 : 1))).toMatchObject([
      { name: "__Host-strongroom-served-framed", sameSite: "None", secure: true, httpOnly: true },
      { name: "__Host-strongroom-viewer-framed", sameSite: "None", secure: true, httpOnly: true },
    ]);
    expect(cookies[0]?.partitionKey).toContain("127.0.0.1");
    expect(faults).toEqual([]);
    // On its own the app knows nothing of the viewer in the frame.
    await page.goto(`${origin}/`);
    await page.getByText("Warmth: 18 °C").waitFor(soon);
    await page.context().close();

    const refused = await opened(browser, foreign.origin);
    await expect.poll(() => refused.faults.join(), soon).toContain("frame-ancestors");
    expect(await refused.frame.getByText("Below a path").count()).toBe(0);
    expect(refused.page.frames()[1]?.url()).toBe("chrome-error://chromewebdata/");
    await refused.page.context().close();
  },
);
