import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../chromium.ts";
import { serve, type Server } from "../running/app-server.ts";

/** Each session says which it is. */
const session = `import { st } from "strongroom";
if (!("name" in st.sessionState)) st.sessionState["name"] = crypto.randomUUID();
st.text("Session " + st.sessionState["name"]);
`;
const pages: Readonly<Record<string, string>> = {
  "app.ts": `${session}
st.text("Note is <" + st.textInput("Note") + ">");
st.form("order", (form) => {
  form.textInput("Name");
  form.checkbox("Urgent");
  form.formSubmitButton("Send");
});
`,
  "pages/day.ts": `${session}
if (!st.queryParams.has("day")) st.queryParams["day"] = "monday";
st.text("Day " + st.queryParams["day"]);
`,
  "pages/lead.ts": `${session}
st.sessionState["led"] = Number(st.sessionState["led"] ?? 0) + 1;
st.switchPage("pages/led.ts");
`,
  "pages/led.ts": `${session}
st.text("Led " + st.sessionState["led"]);
`,
};

let browser: Browser;
let server: Server;

beforeAll(async () => {
  const source = mkdtempSync(join(tmpdir(), "strongroom-early-refresh-"));
  mkdirSync(join(source, "pages"));
  for (const [path, text] of Object.entries(pages)) writeFileSync(join(source, path), text);
  [browser, server] = await Promise.all([launchChromium(), serve(source)]);
  rmSync(source, { recursive: true });
});

afterAll(() => Promise.all([browser.close(), server[Symbol.asyncDispose]()]));

/** A page whose own code does not arrive until it is let go. */
async function slowPage(): Promise<{ page: Page; letGo: () => Promise<void> }> {
  const page = await (await browser.newContext()).newPage();
  const code = "**/_strongroom/assets/*.js";
  await page.route(code, () => undefined);
  const letGo = async (): Promise<void> => {
    await page.unroute(code);
    await page.reload();
    await isLive(page);
  };
  return { page, letGo };
}

function isLive(page: Page): Promise<unknown> {
  return page.waitForFunction(() => document.documentElement.dataset["live"] !== undefined);
}

const sessionOf = (page: Page): Promise<string> => page.getByText(/^Session /).innerText();

test("a page that is refreshed before its code is there keeps its session, time and again", async () => {
  const { page, letGo } = await slowPage();
  await page.goto(server.url, { waitUntil: "commit" });
  const first = await sessionOf(page);
  for (const _ of [1, 2, 3]) {
    await page.reload({ waitUntil: "commit" });
    expect(await sessionOf(page)).toBe(first);
  }
  await letGo();
  expect(await sessionOf(page)).toBe(first);
});

test("a query that the first run sets does not lead a refresh astray, though the address has not followed", async () => {
  const { page, letGo } = await slowPage();
  await page.goto(`${server.url}day`, { waitUntil: "commit" });
  await page.getByText("Day monday").waitFor();
  const first = await sessionOf(page);
  await page.reload({ waitUntil: "commit" });
  expect(await sessionOf(page)).toBe(first);
  expect(page.url()).toBe(`${server.url}day`);
  await letGo();
  expect(await sessionOf(page)).toBe(first);
  expect(page.url()).toBe(`${server.url}day?day=monday`);
  await page.reload();
  expect(await sessionOf(page)).toBe(first);
});

test("a first run that leads to another page leads there once", async () => {
  const { page, letGo } = await slowPage();
  await page.goto(`${server.url}lead`, { waitUntil: "commit" });
  await page.getByText("Led 1").waitFor();
  const first = await sessionOf(page);
  await page.reload({ waitUntil: "commit" });
  await page.getByText("Led 1").waitFor();
  await letGo();
  await page.waitForURL(`${server.url}led`);
  expect(await sessionOf(page)).toBe(first);
  await page.getByText("Led 1").waitFor();
});

test("another tab is a session of its own, while the first one's code is on its way", async () => {
  const { page, letGo } = await slowPage();
  await page.goto(server.url, { waitUntil: "commit" });
  const first = await sessionOf(page);
  await page.reload({ waitUntil: "commit" });
  const second = await page.context().newPage();
  await second.goto(server.url);
  expect(await sessionOf(second)).not.toBe(first);
  await letGo();
  expect(await sessionOf(page)).toBe(first);
});
