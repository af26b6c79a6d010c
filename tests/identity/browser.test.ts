import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { packageRoot } from "../../tools/paths.ts";
import { launchChromium } from "../chromium.ts";
import { start } from "../running/processes.ts";
import { freePort } from "./free-port.ts";
import { authSecrets, TestProvider } from "./provider.ts";

const script = `import { st } from "strongroom";
st.title("Orders");
if (!st.user.isLoggedIn) {
  st.text("Nobody is here");
  if (st.button("Come in")) st.login();
  st.stop();
}
st.text(\`Hello \${st.user.email}, \${Object.keys(st.user.toDict()).filter((name) => /token/.test(name)).length} tokens\`);
if (st.button("Leave")) st.logout();
`;
const soon = { timeout: 60_000 };

/** The app and the provider, as operators run them. */
async function serveApp(access: "anyone" | "signed-in") {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const provider = await TestProvider.start({ redirectUri: `${origin}/oauth2callback` });
  const folder = mkdtempSync(join(tmpdir(), "strongroom-identity-"));
  mkdirSync(join(folder, ".strongroom"));
  writeFileSync(join(folder, "app.ts"), script);
  writeFileSync(
    join(folder, ".strongroom", "config.toml"),
    `[access]\nallow = "${access}"\n[runner]\nworkers = 1\n`,
  );
  writeFileSync(
    join(folder, ".strongroom", "secrets.toml"),
    authSecrets(`${origin}/oauth2callback`, provider),
    { mode: 0o600 },
  );
  const bin = join(packageRoot, "bin", "strongroom.mjs");
  const program = start(process.execPath, [bin, "run", join(folder, "app.ts"), "--port", String(port)], {});
  await program.line(/^ready /);
  return {
    origin,
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The provider's own pages: a name, then yes to what the app asks for. */
async function passProvider(page: Page, name: string): Promise<void> {
  await page.locator('input[name="login"]').fill(name, soon);
  await page.locator('input[name="password"]').fill("any");
  await page.locator('button[type="submit"]').click();
  await page.getByRole("button", { name: "Continue" }).click(soon);
}

test("somebody signs in by the app's own button, and out in all tabs", { timeout: 120_000 }, async () => {
  await using app = await serveApp("anyone");
  await using browser = await launchChromium();
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(app.origin);
  await page.getByText("Nobody is here").waitFor(soon);
  await page.getByRole("button", { name: "Come in" }).click();
  await passProvider(page, "alice");
  await page.getByText("Hello alice@example.com, 0 tokens").waitFor(soon);
  expect(page.url()).toBe(`${app.origin}/`);
  const other = await context.newPage();
  await other.goto(app.origin);
  await other.getByText("Hello alice").waitFor(soon);
  await other.getByRole("button", { name: "Menu of this app" }).click(soon);
  await other.getByRole("link", { name: "Your sign-ins" }).click();
  await other.getByText("This browser", { exact: true }).waitFor(soon);
  await other.getByRole("link", { name: "Back to the app" }).click();
  await other.getByText("Hello alice").waitFor(soon);
  await page.getByRole("button", { name: "Leave" }).click();
  await other.getByText("Nobody is here").waitFor(soon);
  await page.getByRole("button", { name: "Yes" }).click(soon);
  await page.getByText("Nobody is here").waitFor(soon);
  const cookies = await context.cookies(app.origin);
  expect(cookies.filter(({ value }) => value.startsWith("in."))).toEqual([]);
});

test("an app for people who have signed in asks first, without a script", { timeout: 120_000 }, async () => {
  await using app = await serveApp("signed-in");
  await using browser = await launchChromium();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const answer = await page.goto(`${app.origin}/?region=EU`);
  expect(answer?.status()).toBe(401);
  expect(await page.locator("body").innerText()).not.toContain("Orders");
  await page.getByRole("button", { name: "Sign in" }).click();
  await passProvider(page, "bob");
  await page.getByText("Hello bob@example.com").waitFor(soon);
  expect(page.url()).toBe(`${app.origin}/?region=EU`);
});
