import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { launchChromium } from "../chromium.ts";
import { serve } from "../running/app-server.ts";
import { openWatched } from "./watched-page.ts";

const soon = { timeout: 60_000 };
const head = 'import { st } from "strongroom";\n';
const first = `${head}st.title("Start");
if (st.button("Go")) st.switchPage("pages/salaries.ts");
`;

function source(): string {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-access-"));
  mkdirSync(join(folder, "pages"));
  writeFileSync(
    join(folder, "app.ts"),
    `${head}st.page("salaries.ts", { allow: ["group:hr"] });\n${first.slice(head.length)}`,
  );
  writeFileSync(join(folder, "pages", "salaries.ts"), `${head}st.title("Salaries of all");\n`);
  writeFileSync(join(folder, "pages", "orders.ts"), `${head}st.title("Orders of all");\n`);
  return folder;
}

test(
  "a page for others is not in the menu, and neither its address nor the app's own code leads there",
  { timeout: 120_000 },
  async () => {
    const folder = source();
    await using server = await serve(folder, { args: ["--as", "bob@example.com"] });
    rmSync(folder, { recursive: true });
    await using browser = await launchChromium();
    const { page, faults } = await openWatched(browser, server.url);
    const menu = page.getByRole("navigation", { name: "Pages" });
    await menu.getByText("Orders").waitFor(soon);
    expect(await menu.innerText()).not.toContain("Salaries");
    await page.getByText("Everybody is bob@example.com").waitFor(soon);
    await page.getByRole("button", { name: "Go" }).click();
    await page.getByText("must be one of app, orders").waitFor(soon);
    expect(faults).toEqual([]);
    const answers = [];
    for (const path of ["salaries", "nothing"]) {
      const answer = await page.goto(`${server.url}${path}`);
      answers.push([answer?.status(), await page.locator("body").innerText()]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(404);
    expect(answers[0]?.[1]).toContain("Not signed in: everybody is bob@example.com, by --as");
    // Without one the browser asks for an icon, which is refused, and written down, as a page.
    expect(await page.locator('link[rel="icon"]').count()).toBe(1);
  },
);

test(
  "a page that is closed while somebody looks at it goes from their screen",
  { timeout: 120_000 },
  async () => {
    const folder = source();
    await using server = await serve(folder, { args: ["--as", "bob@example.com"] });
    rmSync(folder, { recursive: true });
    await using browser = await launchChromium();
    const { page } = await openWatched(browser, `${server.url}orders`);
    await page.getByText("Orders of all").waitFor(soon);
    const closing = 'st.page("orders.ts", { allow: ["group:sales"] });\n';
    writeFileSync(join(server.folder, "app.ts"), `${head}${closing}${first.slice(head.length)}`);
    await page.getByText("There is no such page").waitFor(soon);
    expect(await page.locator("body").innerText()).not.toContain("Orders of all");
    await page.goto(server.url);
    await page.getByRole("button", { name: "Go" }).click(); // this page is open to all by now
    await page.getByText("Salaries of all").waitFor(soon);
  },
);

test(
  "who may come is changed in the configuration while somebody looks: the page goes, and comes back",
  { timeout: 120_000 },
  async () => {
    const folder = source();
    await using server = await serve(folder, { args: ["--as", "bob@example.com", "--groups", "staff"] });
    rmSync(folder, { recursive: true });
    await using browser = await launchChromium();
    const { page } = await openWatched(browser, `${server.url}orders`);
    await page.getByText("Orders of all").waitFor(soon);
    const file = join(server.folder, ".strongroom", "config.toml");
    mkdirSync(join(server.folder, ".strongroom"), { recursive: true });
    writeFileSync(file, '[access]\nallow = ["group:owners"]\ncontact = "the data desk"\n');
    await page.getByText("This app is not open to you").waitFor(soon);
    expect(await page.locator("body").innerText()).toContain("the data desk");
    writeFileSync(file, "[access]\nallow = 7\n"); // what cannot be read changes nothing
    await server.line(/what was in force stays so/);
    await page.reload();
    await page.getByText("This app is not open to you").waitFor(soon);
    writeFileSync(file, '[access]\nallow = ["group:staff"]\n');
    await page.getByText("Orders of all").or(page.getByText("not open")).waitFor(soon);
    await expect
      .poll(async () => {
        await page.reload();
        return page.locator("body").innerText();
      }, soon)
      .toContain("Orders of all");
  },
);
