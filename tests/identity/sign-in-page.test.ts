import { expect, test } from "vitest";
import { openToAll } from "../../packages/strongroom/src/gateway/access/access.ts";
import { launchChromium } from "../chromium.ts";
import { AppWithSignIn } from "./app-with-sign-in.ts";

const access = { ...openToAll, allow: ["alice@example.com"], contact: "the data desk" };

test(
  "in a browser, the page's button signs in, and who is refused can be somebody else",
  { timeout: 120_000 },
  async () => {
    await using app = await AppWithSignIn.start({ gateway: { access } });
    await using browser = await launchChromium();
    const page = await (await browser.newContext()).newPage();
    const ours = `${app.origin}/orders?a=1`;
    const signInAs = async (name: string): Promise<void> => {
      await page.goto(ours);
      await page.keyboard.press("Tab"); // by the keyboard alone
      await page.keyboard.press("Enter");
      await page.fill("[name=login]", name);
      await page.fill("[name=password]", "any");
      for (let step = 0; step < 2; step++) await page.click("button[type=submit]");
      await page.waitForURL(ours);
    };
    await signInAs("bob");
    const refusal = await page.locator("body").innerText();
    expect(refusal).toContain("You are signed in as bob@example.com.");
    expect(refusal).toContain("Ask the data desk.");
    await page.getByRole("button", { name: "Sign in as somebody else" }).click();
    await page.getByRole("button", { name: "Yes, sign me out" }).click();
    await page.getByText("Please sign in").waitFor();
    await signInAs("alice");
    expect(app.under.pool.last.opening).toMatchObject({ page: "orders", query: "a=1" });
  },
);
