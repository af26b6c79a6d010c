import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../tools/paths.ts";
import { launchChromium } from "../chromium.ts";
import { serve } from "../running/app-server.ts";
import { openWatched } from "./watched-page.ts";

const script = `import { st } from "strongroom";
st.title("Orders");
st.button("Save", { type: "primary" });
st.dataframe(Array.from({ length: 30 }, (_, id) => ({ id })), { title: "All" });
st.text(String(st.getOption("theme.primaryColor")));
`;

const config = `[client]
toolbarMode = "minimal"
showSidebarNavigation = false
disableDataExport = true
[theme]
base = "dark"
primaryColor = "#d9a6ff"
backgroundColor = "#101018"
textColor = "#f4f4f8"
baseRadius = "none"
font = "Own"
fontFaces = [{ family = "Own", file = "own.woff2" }]
[theme.light]
backgroundColor = "#ffffff"
textColor = "#101018"
`;

test("the configured look is what a browser shows, within the policy", async () => {
  const source = mkdtempSync(join(tmpdir(), "strongroom-look-"));
  mkdirSync(join(source, "pages"));
  writeFileSync(join(source, "app.ts"), script);
  writeFileSync(join(source, "pages", "other.ts"), script);
  const assets = join(packageRoot, "dist", "browser", "assets");
  const font = readdirSync(assets).find((file) => file.endsWith(".woff2")) ?? "";
  cpSync(join(assets, font), join(source, "own.woff2"));
  await using server = await serve(source, { config });
  await using browser = await launchChromium();
  const { page, faults } = await openWatched(browser, server.url);
  await page.getByRole("button", { name: "Save" }).waitFor();
  const shown = await page.evaluate(() => {
    const style = (selector: string): CSSStyleDeclaration =>
      getComputedStyle(document.querySelector(selector) ?? document.body);
    return {
      ground: style("html").backgroundColor,
      button: style("main button").backgroundColor,
      radius: style("main button").borderRadius,
      fonts: [...document.fonts].filter(({ family }) => /Own/.test(family)).map(({ status }) => status),
    };
  });
  expect(shown).toEqual({
    ground: "rgb(16, 16, 24)",
    button: "rgb(217, 166, 255)",
    radius: "0px",
    fonts: ["loaded"],
  });
  await page.getByText("#d9a6ff").waitFor();
  expect(await page.getByRole("navigation").count()).toBe(0);
  expect(await page.getByRole("button", { name: /Download|Colours|Light/ }).count()).toBe(0);
  expect(faults).toEqual([]);
  rmSync(source, { recursive: true, force: true });
});

test("a scheme of the app's holds until a viewer chooses, also to have that of the system", async () => {
  const source = mkdtempSync(join(tmpdir(), "strongroom-scheme-"));
  writeFileSync(join(source, "app.ts"), 'import { st } from "strongroom";\nst.title("Orders");\n');
  await using server = await serve(source, { config: '[theme]\nbase = "dark"\n' });
  await using browser = await launchChromium();
  const { page, faults } = await openWatched(browser, server.url);
  const scheme = (): Promise<string | undefined> =>
    page.evaluate(() => document.documentElement.dataset["theme"]);
  expect(await scheme()).toBe("dark");
  await page.getByRole("button", { name: "Colours: Dark" }).click();
  await page.getByRole("button", { name: "Colours: As the system" }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Colours: As the system" }).waitFor();
  expect(await scheme()).toBeUndefined();
  expect(faults).toEqual([]);
  rmSync(source, { recursive: true, force: true });
});

const longList = `import { st } from "strongroom";
st.title("طلبات");
st.markdown("نص بالعربية.");
st.button("", { icon: ":material/delete:", help: "Delete" });
st.dataframe(Array.from({ length: 300 }, (_, id) => ({ id, name: \`Order \${id}\` })), { title: "All" });
`;

test("on paper a table has all its rows, on white; a sign alone is called what its help says", async () => {
  const source = mkdtempSync(join(tmpdir(), "strongroom-paper-"));
  writeFileSync(join(source, "app.ts"), longList);
  await using server = await serve(source, { config: '[theme]\nbase = "dark"\n' });
  await using browser = await launchChromium();
  const { page, faults } = await openWatched(browser, server.url);
  await page.getByRole("button", { name: "Delete" }).waitFor();
  const rows = (): Promise<number> => page.locator("tbody tr:not([aria-hidden])").count();
  expect(await rows()).toBeLessThan(60);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await expect.poll(rows).toBe(300);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("light");
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await expect.poll(rows).toBeLessThan(60);
  expect(faults).toEqual([]);
  rmSync(source, { recursive: true, force: true });
});

test("a page is laid out from right to left where both it and its viewer are written so", async () => {
  const source = mkdtempSync(join(tmpdir(), "strongroom-right-to-left-"));
  writeFileSync(join(source, "app.ts"), longList);
  await using server = await serve(source);
  await using browser = await launchChromium();
  for (const [locale, direction] of [
    ["ar", "rtl"],
    ["en", "ltr"],
  ] as const) {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole("heading", { name: "طلبات" }).waitFor();
    expect(
      await page.evaluate(() => getComputedStyle(document.querySelector("main") ?? document.body).direction),
    ).toBe(direction);
    // Its full stop stands at its left, whoever looks.
    expect(
      await page.evaluate(
        () => getComputedStyle(document.querySelector("main p") ?? document.body).unicodeBidi,
      ),
    ).toBe("plaintext");
    await context.close();
  }
  rmSync(source, { recursive: true, force: true });
});
