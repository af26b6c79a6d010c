import type { Browser, Page } from "playwright-core";
import { untilKept } from "./kept.ts";

/** A page that remembers what should never happen in it. */
export interface WatchedPage {
  readonly page: Page;
  /** Violations of the policy, errors of scripts and consoles, requests to anybody but the server. */
  readonly faults: string[];
  /** Waits until the server has kept all that the page has sent. */
  readonly kept: () => Promise<void>;
}

export interface Screen {
  readonly width: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
}

/** Opens a page of the server. Faults are collected from its first byte on. */
export async function openWatched(
  browser: Browser,
  url: string,
  screen: Screen = { width: 1_280 },
): Promise<WatchedPage> {
  const { width, height = 900, colorScheme = "light" } = screen;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: "reduce",
    ignoreHTTPSErrors: true,
  });
  const page = await context.newPage();
  const kept = untilKept(page);
  const faults: string[] = [];
  const { host } = new URL(url);
  page.on("pageerror", (error) => faults.push(`threw: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const target = new URL(request.url());
    if (target.host !== host && target.protocol !== "data:" && target.protocol !== "blob:")
      faults.push(`asked ${target.host}`);
  });
  await page.exposeFunction("reportViolation", (what: string) => faults.push(`violation: ${what}`));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      const report = (globalThis as unknown as { reportViolation: (what: string) => void }).reportViolation;
      report(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  await page.goto(url);
  return { page, faults, kept };
}
