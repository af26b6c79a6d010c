import { AxeBuilder } from "@axe-core/playwright";
import { execFile } from "node:child_process";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { packageRoot, root } from "../../tools/paths.ts";
import { launchChromium } from "../chromium.ts";
import { serve } from "../running/app-server.ts";

const folder = join(root, "examples", "days-off");
const soon = { timeout: 60_000 };

const menuOf = async (page: Page): Promise<readonly string[]> =>
  (await page.getByRole("navigation").getByRole("link").allInnerTexts()).map((text) => text.trim());

/** By the app's own button, and the page of the built-in provider. */
async function signIn(page: Page, who: string): Promise<void> {
  await page.getByRole("button", { name: "Sign in" }).click(soon);
  await page.getByText("Who do you want to be?").waitFor(soon);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`)).toEqual([]);
  await page.getByRole("button", { name: who }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor(soon);
}

test(
  "examples/days-off shows each who says to be somebody what is for them",
  { timeout: 120_000 },
  async () => {
    await using server = await serve(folder);
    await using browser = await launchChromium();
    const page = await (await browser.newContext({ viewport: { width: 1_280, height: 850 } })).newPage();
    await page.goto(server.url);
    await page.getByText("Christmas Day").waitFor(soon);
    expect(await page.locator("body").innerText()).toContain("Everybody can be anybody");
    expect((await page.goto(`${server.url}my-days`))?.status()).toBe(404);
    await page.goto(server.url);
    await signIn(page, "bob@example.com");
    expect(await menuOf(page)).toEqual(["Home", "My days"]);
    await page.getByRole("link", { name: "My days" }).click();
    await page.getByText("Moving house").waitFor(soon);
    expect((await page.goto(`${server.url}who-is-away`))?.status()).toBe(404);
    await page.goto(server.url);
    await page.getByRole("button", { name: "Sign out" }).click(soon);
    await signIn(page, "alice@example.com");
    expect(await menuOf(page)).toEqual(["Home", "My days", "Who is away"]);
    await page.getByRole("link", { name: "Who is away" }).click();
    await page.getByText("1 of 5 are away").waitFor(soon);
    expect(await page.locator("body").innerText()).toContain(
      "You say that you are alice@example.com, admins",
    );
  },
);

test.each([["--production"], ["--host", "0.0.0.0"], ["--server.allowedOrigins", "https://a.example.com"]])(
  "the built-in provider stops a start that others could reach: %s %s",
  async (...args) => {
    const program = join(packageRoot, "bin", "strongroom.mjs");
    const told = await new Promise<string>((resolve) =>
      execFile(process.execPath, [program, "run", folder, "--port", "0", ...args], (error, _, text) =>
        resolve(error === null ? "it started" : text),
      ),
    );
    expect(told).toContain('auth.provider "development" lets everybody be whom they say');
  },
);
