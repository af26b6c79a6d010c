import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../chromium.ts";
import { FramedApp } from "./framed-app.ts";

const soon = { timeout: 30_000 };
let browser: Browser;
/** For anybody, and for people who have signed in. */
let app: FramedApp;
let closed: FramedApp;

beforeAll(async () => {
  app = await FramedApp.start("anyone");
  closed = await FramedApp.start("signed-in");
  browser = await launchChromium();
}, 60_000);

afterAll(async () => {
  await browser.close();
  await Promise.all([app[Symbol.asyncDispose](), closed[Symbol.asyncDispose]()]);
});

/** The provider's own pages: a name, then yes to what the app asks for. */
async function passProvider(page: Page, name: string): Promise<void> {
  await page.locator('input[name="login"]').fill(name, soon);
  await page.locator('input[name="password"]').fill("any");
  await page.locator('button[type="submit"]').click();
  await page.getByRole("button", { name: "Continue" }).click(soon);
}

async function framed(context: BrowserContext, url: string) {
  const page = await context.newPage();
  await page.goto(url);
  return { page, app: page.frameLocator("iframe") };
}

test(
  "who signs in in a frame does so in a window of its own, and that frame has them at once, and nothing else has",
  { timeout: 120_000 },
  async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const portal = await framed(context, `${app.pages.portal}/?embed=true`);
    const intranet = await framed(context, app.pages.intranet);
    await intranet.app.getByText("Nobody is here").waitFor(soon);
    await portal.page.bringToFront();
    const opening = context.waitForEvent("page", soon);
    await portal.app.getByRole("button", { name: "Come in" }).click(soon);
    const window = await opening;
    await window.getByText(app.pages.portal).waitFor(soon);
    const button = window.getByRole("button", { name: "Sign in" });
    expect(await button.isDisabled()).toBe(true);
    await button.click(soon); // waits until it can be pressed
    await passProvider(window, "alice");
    await portal.app.getByText("Hello alice@example.com").waitFor(soon);
    await expect.poll(() => window.isClosed(), soon).toBe(true);

    const mine = (await context.cookies(app.origin)).filter(({ value }) => value.startsWith("in."));
    expect(mine).toMatchObject([
      { name: "__Host-strongroom-viewer-framed", sameSite: "None", secure: true, httpOnly: true },
    ]);
    expect(mine[0]?.partitionKey).toContain("127.0.0.1");
    await intranet.page.reload();
    await intranet.app.getByText("Nobody is here").waitFor(soon);
    const own = await context.newPage();
    await own.goto(app.origin);
    await own.getByText("Nobody is here").waitFor(soon);

    await portal.page.bringToFront();
    const leaving = context.waitForEvent("page", soon);
    await portal.app.getByRole("button", { name: "Leave" }).click(soon);
    const goodbye = await leaving; // at the provider, where no frame can be
    await portal.app.getByText("Nobody is here").waitFor(soon);
    // Through all of it the frame looks as its address says.
    expect(portal.page.frames()[1]?.url()).toBe(`${app.origin}/?embed=true`);
    await goodbye.getByRole("button", { name: "Yes" }).click(soon);
    expect((await context.cookies(app.origin)).filter(({ value }) => value.startsWith("in."))).toEqual([]);
  },
);

test(
  "an app for people who have signed in asks for a window, also where the provider keeps its windows apart",
  { timeout: 120_000 },
  async () => {
    closed.provider.isApart = true;
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const portal = await framed(context, closed.pages.portal);
    const opening = context.waitForEvent("page", soon);
    await portal.app.getByRole("link", { name: "Sign in" }).click(soon);
    const window = await opening;
    await window.getByRole("button", { name: "Sign in" }).click(soon);
    await portal.app.getByText("Go on in the window").waitFor(soon);
    await passProvider(window, "bob");
    await portal.app.getByText("Hello bob@example.com").waitFor(soon);
    await window.close().catch(() => undefined);

    // Who frames the app so that it opens nothing is told what to do.
    const still = await framed(
      await browser.newContext({ ignoreHTTPSErrors: true }),
      `${closed.pages.portal}/no-windows`,
    );
    await still.app.getByRole("link", { name: "Sign in" }).click(soon);
    await still.app.getByText("No window could be opened from here").waitFor(soon);
    const shut = await framed(still.page.context(), `${app.pages.portal}/no-windows`);
    await shut.app.getByRole("button", { name: "Come in" }).click(soon);
    await shut.app.getByText(`or open ${app.origin}/ in a tab of its own`).waitFor(soon);
  },
);

test("a window that no frame of the app has opened signs nobody in", { timeout: 120_000 }, async () => {
  await using app = await FramedApp.start("anyone");
  await using browser = await launchChromium();
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const at = `${app.origin}/_strongroom/window`;
  // By a link in a letter.
  const mailed = await context.newPage();
  await mailed.goto(at);
  await mailed.getByText("No page of this app has opened this window").waitFor(soon);
  expect(await mailed.getByRole("button", { name: "Sign in" }).isDisabled()).toBe(true);
  // Who switches the button on by hand gets no further.
  await mailed.evaluate(() => {
    for (const fields of document.querySelectorAll("fieldset")) fields.disabled = false;
  });
  await mailed.getByRole("button", { name: "Sign in" }).click();
  await mailed.getByText("This sign-in has expired").waitFor(soon);
  // Nor does a frame claim a window for whoever is round it: one that the attacker has opened elsewhere.
  const portal = await framed(context, app.pages.portal);
  const elsewhere = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await elsewhere.goto(at);
  const theirs = await elsewhere.locator("fieldset").getAttribute("data-handover");
  const opening = context.waitForEvent("page", soon);
  const claims: string[] = [];
  const claiming = portal.page.waitForRequest(/\/claim\?/, soon);
  context.on("request", (request) => {
    if (request.url().includes("/claim?")) claims.push(request.url());
  });
  await portal.app.getByRole("button", { name: "Come in" }).click(soon);
  await opening;
  await portal.page.evaluate((token) => {
    for (const target of ["*", new URL(document.querySelector("iframe")?.src ?? "").origin])
      frames[0]?.postMessage({ t: "strongroom-window", token }, target);
  }, theirs);
  expect((await claiming).url()).not.toContain(theirs);
  await portal.app.getByText("Sign in in the window").waitFor(soon);
  expect(claims.filter((url) => url.includes(theirs ?? ""))).toEqual([]);
  await elsewhere.evaluate(() => {
    for (const fields of document.querySelectorAll("fieldset")) fields.disabled = false;
  });
  await elsewhere.getByRole("button", { name: "Sign in" }).click();
  await elsewhere.getByText("This sign-in has expired").waitFor(soon);
  // Nor by a link in a page of another site.
  const evil = await context.newPage();
  await evil.goto(app.pages.evil);
  const link = await evil.evaluate((url) => {
    const a = Object.assign(document.createElement("a"), { href: url, textContent: "Win", id: "win" });
    document.body.append(a);
    return a.id;
  }, at);
  const answered = evil.waitForResponse(at);
  await evil.click(`#${link}`);
  expect((await answered).status()).toBe(403);
  await context.close();
});

test(
  "over TLS, what a page writes down for the next one is never sent without",
  { timeout: 60_000 },
  async () => {
    await using app = await FramedApp.start("anyone");
    await using browser = await launchChromium();
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(app.origin);
    await page.getByText("Nobody is here").waitFor(soon);
    await page.evaluate(() => window.dispatchEvent(new Event("beforeunload")));
    const written = (await context.cookies(app.origin)).filter(({ name }) => name === "strongroom-tab");
    expect(written).toMatchObject([{ secure: true, sameSite: "Lax" }]);
  },
);
