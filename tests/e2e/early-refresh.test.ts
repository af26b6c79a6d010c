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
const counted = Number(st.sessionState["counted"] ?? 0) + (st.button("Count") ? 1 : 0);
st.sessionState["counted"] = counted;
st.text("Counted " + counted);
st.text("Note is <" + st.textInput("Note") + ">");
st.text("Picked " + st.radio("Pick", ["one", "two"]));
st.form("order", (form) => {
  const name = form.textInput("Name");
  const isUrgent = form.checkbox("Urgent");
  form.textInput("Code", { type: "password" });
  if (form.formSubmitButton("Send")) st.text("Order of " + name + ", " + isUrgent);
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

test("what was typed and ticked before the code was there is there after a refresh, and counts; no password", async () => {
  const { page, letGo } = await slowPage();
  await page.goto(server.url, { waitUntil: "commit" });
  await page.getByLabel("Note").fill("early");
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("Urgent").check();
  await page.getByLabel("two").check();
  await page.getByLabel("Code").fill("a password");
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toMatch(/a.password/);
  await page.reload({ waitUntil: "commit" });
  await letGo();
  await page.getByText("Note is <early>").waitFor();
  await page.getByText("Picked two").waitFor();
  expect(await page.getByLabel("Code").inputValue()).toBe("");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("Order of Ada, true").waitFor();
});

test("a button that was pressed before the code was there is pressed when it is", async () => {
  const page = await (await browser.newContext()).newPage();
  const held = Promise.withResolvers<void>();
  await page.route("**/_strongroom/assets/*.js", async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.goto(server.url, { waitUntil: "commit" });
  await page.getByRole("button", { name: "Count" }).click();
  held.resolve();
  await page.getByText("Counted 1").waitFor();
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
