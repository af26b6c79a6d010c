import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import { Target } from "../chaos/target.ts";
import { launchChromium } from "../chromium.ts";
import { serve, type Server } from "../running/app-server.ts";
import { untilKept } from "./kept.ts";

const app = fileURLToPath(new URL("../chaos/app", import.meta.url));
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

async function open(url: string): Promise<Page> {
  return openOn(await (await browser.newContext()).newPage(), url);
}

async function openOn(page: Page, url: string): Promise<Page> {
  await page.goto(url);
  await page.getByRole("button", { name: "Count" }).click();
  await page.getByText("Counted 1").waitFor();
  await page.getByLabel("Note").fill("kept");
  await page.getByLabel("Note").press("Tab");
  await page.getByText("Note is <kept>").waitFor();
  await page.getByLabel("Name").pressSequentially("typed, not sent");
  return page;
}

async function expectKept(page: Page): Promise<void> {
  await page.getByText("Counted 1").waitFor();
  await page.getByText("Note is <kept>").waitFor();
  expect(await page.getByLabel("Name").inputValue()).toBe("typed, not sent");
  await page.getByRole("button", { name: "Count" }).click();
  await page.getByText("Counted 2").waitFor();
}

test("a refresh shows the restored session at once, with the text that was not sent", async () => {
  await using server: Server = await serve(app);
  const page = await open(server.url);
  const first = page.waitForResponse((response) => response.url() === server.url);
  await page.reload();
  expect(await (await first).text()).toContain("Counted 1");
  await expectKept(page);
});

test("a second tab is a session of its own", async () => {
  await using server = await serve(app);
  const page = await open(server.url);
  const second = await page.context().newPage();
  await second.goto(server.url);
  await second.getByText("Counted 0").waitFor();
  await expectKept(page);
});

test("a session that slept comes back at the next event", async () => {
  await using server = await serve(app, { config: '[session]\nsleepAfter = "1s"\n' });
  const page = await open(server.url);
  await page.waitForTimeout(4_000);
  await expectKept(page);
});

test("the server killed and started again: a refresh and a waiting page both go on", async () => {
  await using target = await Target.start();
  const page = await (await browser.newContext()).newPage();
  const kept = untilKept(page);
  await openOn(page, target.url);
  await kept();
  await target.killGateway();
  await expectKept(page);
  await kept();
  await target.killGateway();
  await page.reload();
  await page.getByText("Counted 2").waitFor();
});

test("what a click showed and a killed server lost is gone after a refresh, and the viewer is told", async () => {
  const source = mkdtempSync(join(tmpdir(), "strongroom-lost-click-"));
  writeFileSync(join(source, "app.ts"), neverEnding);
  await using target = await Target.start(source);
  rmSync(source, { recursive: true });
  const page = await (await browser.newContext()).newPage();
  await page.goto(target.url);
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByText("Paid 1").waitFor();
  await target.killGateway();
  await page.reload();
  await page.getByText("“Pay” was cut off").waitFor();
  await page.getByText("Paid 0").waitFor();
});

/** The run of its click is shown, and never comes to its commit. */
const neverEnding = `import { st } from "strongroom";
if (st.button("Pay")) {
  st.sessionState["paid"] = 1;
  st.text("Paid 1");
  await new Promise(() => setTimeout(() => undefined, 600_000));
}
st.text("Paid " + (st.sessionState["paid"] ?? 0));
`;

test("a query that the first run sets stands in the address, and a refresh goes on", async () => {
  await using server = await serve(app);
  mkdirSync(join(server.folder, "pages"));
  writeFileSync(
    join(server.folder, "pages", "start.ts"),
    `import { st } from "strongroom";
      if (!st.queryParams.has("day")) st.queryParams["day"] = "monday";
      st.text("Hello " + st.textInput("Who"));`,
  );
  const page = await (await browser.newContext()).newPage();
  const isThere = async (): Promise<boolean> => (await page.goto(`${server.url}start`))?.status() === 200;
  await expect.poll(isThere).toBe(true);
  await page.waitForURL(`${server.url}start?day=monday`);
  await page.getByLabel("Who").fill("Ada");
  await page.getByLabel("Who").press("Enter");
  await page.getByText("Hello Ada").waitFor();
  await page.reload();
  await page.getByText("Hello Ada").waitFor();
  expect(await page.getByLabel("Who").inputValue()).toBe("Ada");
});

test("another browser gets nothing with a session's token", async () => {
  await using server = await serve(app);
  const page = await open(server.url);
  const boot = await page.locator("#strongroom-boot").textContent();
  const value = /"session":"([^"]+)"/.exec(boot ?? "")?.[1] ?? "";
  expect(value).toHaveLength(43);
  const thief = await browser.newContext();
  await thief.addCookies([{ name: "strongroom-tab", value: `${value}.1r`, url: server.url }]);
  const stolen = await thief.newPage();
  await stolen.goto(server.url);
  await stolen.getByText("Counted 0").waitFor();
});
