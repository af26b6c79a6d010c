import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { launchChromium } from "../chromium.ts";
import { serve } from "../running/app-server.ts";
import { openWatched } from "./watched-page.ts";

const script = `import { st } from "strongroom";
st.title("Orders");
const isBroken = st.checkbox("Broken", { value: true });
st.markdown("> A word");
st.markdown("> A word", { help: "Beside it." });
st.markdown("Alone", { help: "Behind it." });
for (let n = 0; n < 60; n++) st.text(\`line \${n}\`);
if (isBroken) throw "the stock is empty";
`;

/** Opens the script in a browser, for as long as a test lasts. */
async function opened(text: string) {
  const source = mkdtempSync(join(tmpdir(), "strongroom-sight-"));
  writeFileSync(join(source, "app.ts"), text);
  const server = await serve(source);
  const browser = await launchChromium();
  const { page, faults } = await openWatched(browser, server.url, { width: 1_000, height: 700 });
  return {
    page,
    faults,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server[Symbol.asyncDispose]();
      rmSync(source, { recursive: true, force: true });
    },
  };
}

const isFocused = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.activeElement?.hasAttribute("data-uncaught") === true);

test("an error below the fold is told of, and one key press leads to it", async () => {
  await using app = await opened(script);
  const { page, faults } = app;
  const show = page.getByRole("button", { name: "Show the error" });
  await show.waitFor();
  await expect(page.getByRole("region", { name: "Messages" }).textContent()).resolves.toContain(
    "This page ended in an error",
  );
  await show.focus();
  await page.keyboard.press("Enter");
  const error = page.locator("[data-uncaught]");
  await error.getByText("the stock is empty").first().waitFor();
  expect(await isFocused(page)).toBe(true);
  const box = await error.boundingBox();
  expect((box?.y ?? -1) >= 0 && (box?.y ?? 9_999) < 700).toBe(true);
  expect(await show.count()).toBe(0);
  // The line that threw it, though what was thrown has no stack.
  expect(await error.textContent()).toContain("app.ts:8:");
  await page.getByLabel("Broken").uncheck();
  await error.waitFor({ state: "detached" });
  expect(faults).toEqual([]);
});

test("an error in sight needs no word", async () => {
  await using app = await opened(
    'import { st } from "strongroom";\nst.title("A");\nthrow new Error("at once");\n',
  );
  await app.page.locator("[data-uncaught]").waitFor();
  await app.page.waitForTimeout(300);
  expect(await app.page.getByRole("button", { name: "Show the error" }).count()).toBe(0);
});

test("Markdown is as wide beside its help as without it", async () => {
  await using app = await opened(script);
  const words = app.page.getByText("A word", { exact: true });
  await words.nth(1).waitFor();
  const widths = await words.evaluateAll((parts) => parts.map((part) => part.clientWidth));
  expect(Math.abs((widths[0] ?? 0) - (widths[1] ?? 0))).toBeLessThan(40);
  const alone = await app.page.getByText("Alone", { exact: true }).boundingBox();
  expect(alone?.width ?? 999).toBeLessThan(100);
});
