import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "vitest";
import { root } from "../../tools/paths.ts";
import { launchChromium } from "../chromium.ts";
import { serve } from "../running/app-server.ts";

/** However slow the machine is. */
const soon = { timeout: 60_000 };

const script = `import { st } from "strongroom";
import { type } from "arktype";
import * as v from "valibot";
import { z } from "zod";

const order = st.form("order", (form) => {
  form.textInput("Flight", { key: "flight", required: true });
  form.numberInput("Late", { key: "late", value: 75 });
  form.radio("Class", ["Economy", "Business"], { key: "cabin", index: null, required: true });
  form.checkbox("Terms", { key: "terms", required: true });
  form.formSubmitButton("Send");
}, { validate: z.object({ flight: z.string().min(4, "Four letters or more"), late: z.number() })
  .refine(({ late }) => late < 60, "Nothing is that late") });
st.text(\`Sent: \${order?.flight ?? "nothing"}\`);
const age = st.numberInput("Age", { validate: v.pipe(v.number(), v.minValue(18, "At least 18")) });
const code = st.textInput("Code", { validate: type("/^[a-z]+$/") });
const region = st.selectbox("Region", ["EU", "US"], { key: "region", bind: "query-params" });
st.text(\`Seen: \${age} \${code} \${region}\`);
`;

/** An app with schemas of all three libraries, as an author would have installed them. */
function appFolder() {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-checks-"));
  mkdirSync(join(folder, "node_modules"));
  for (const name of ["zod", "valibot", "arktype", "arkregex", "@ark"])
    cpSync(realpathSync(join(root, "node_modules", name)), join(folder, "node_modules", name), {
      recursive: true,
    });
  writeFileSync(join(folder, "app.ts"), script);
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

test(
  "a viewer reads what is wrong beside the field, keeps what they typed, and goes on",
  { timeout: 90_000 },
  async () => {
    using app = appFolder();
    await using server = await serve(app.folder);
    await using browser = await launchChromium();
    const context = await browser.newContext({ viewport: { width: 390, height: 900 } });
    const page = await context.newPage();
    const reports: string[] = [];
    page.on("console", (message) => void (message.type() === "error" && reports.push(message.text())));
    await page.goto(`${server.url}?region=US`);
    const send = page.getByRole("button", { name: "Send" });
    const flight = page.getByRole("textbox", { name: "Flight" });
    const alerts = page.locator("main [role=alert]");
    await page.getByText("Seen: undefined undefined US").waitFor();

    // Nothing leaves the page while something that is required is missing.
    await send.click();
    await expect
      .poll(() => alerts.allInnerTexts(), soon)
      .toEqual(["An answer is needed", "An answer is needed", "This is needed to go on"]);
    await expect.poll(() => flight.evaluate((field) => field === document.activeElement), soon).toBe(true);
    expect(await flight.getAttribute("aria-required")).toBe("true");
    const described = await flight.getAttribute("aria-describedby");
    expect(await page.locator(`[id="${described}"]`).innerText()).toBe("An answer is needed");
    const found = await new AxeBuilder({ page }).include("main").analyze();
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

    // What the author's schema says comes from the server.
    await flight.fill("DL");
    await page.getByRole("radio", { name: "Economy" }).check();
    await page.getByRole("checkbox", { name: "Terms" }).check();
    await send.click();
    await expect.poll(() => alerts.allInnerTexts(), soon).toContain("Four letters or more");
    expect(await flight.inputValue()).toBe("DL");
    await expect.poll(() => flight.evaluate((field) => field === document.activeElement), soon).toBe(true);
    await flight.fill("DL 22");
    expect(await alerts.allInnerTexts()).not.toContain("Four letters or more");
    await send.click();
    await expect.poll(() => alerts.allInnerTexts(), soon).toEqual(["Nothing is that late"]);
    await page.getByText("Sent: nothing").waitFor();
    await page.getByRole("spinbutton", { name: "Late" }).fill("5");
    await send.click();
    await page.getByText("Sent: DL 22").waitFor();
    expect(await alerts.count()).toBe(0);

    // A refresh shows what was wrong as it stood.
    await page.getByRole("spinbutton", { name: "Age" }).fill("17");
    await page.getByRole("textbox", { name: "Code" }).fill("abc");
    await page.getByRole("textbox", { name: "Code" }).press("Enter");
    await page.getByText("Seen: undefined abc US").waitFor();
    await page.reload();
    await expect.poll(() => alerts.allInnerTexts(), soon).toEqual(["At least 18"]);
    await page.getByRole("combobox", { name: "Region" }).selectOption("EU");
    await expect.poll(() => page.url(), soon).toBe(server.url);
    expect(reports).toEqual([]);
  },
);
