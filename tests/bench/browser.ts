import type { Browser, CDPSession, Page } from "playwright-core";
import { quantile, figure, type Figure } from "./figures.ts";

/**
 * How long a key press on the slider takes to change the text of the metric that shows its value, in ms. Chromium lets no
 * task run between a key and the frame that shows what it did, so it matters when in a frame's time a key falls: a viewer's
 * fall anywhere, and so do these. Nothing here asks for frames meanwhile, which would set the beat for them.
 */
export async function keyPresses(page: Page, url: string, presses: number): Promise<readonly number[]> {
  await page.goto(url);
  const slider = page.getByRole("slider").first();
  await slider.waitFor();
  await page.waitForTimeout(1_500);
  await slider.focus();
  await page.evaluate(watchMetric);
  for (let press = 0; press < presses + 10; press++) {
    await page.waitForTimeout(40 + ((press * goldenRatio) % 1) * 3 * frameMs);
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(
      (count) => (globalThis as unknown as Watched).benchTimes.length >= count,
      press + 1,
      { timeout: 5_000, polling: 25 },
    );
  }
  const times = await page.evaluate(() => (globalThis as unknown as Watched).benchTimes);
  return times.slice(10);
}

const frameMs = 1_000 / 60;
/** Its multiples fall evenly, however many are taken. */
const goldenRatio = 0.618_033_988_749;

interface Watched {
  benchTimes: number[];
}

function watchMetric(): void {
  const watched = globalThis as unknown as Watched & { benchBegun: number };
  watched.benchTimes = [];
  const label = [...document.querySelectorAll("main *, section *")].find(
    (node) => node.children.length === 0 && node.textContent === "Level now",
  );
  const metric =
    label?.closest("[data-testid=stMetric], [data-kind=metric], dl, article") ??
    label?.parentElement?.parentElement ??
    document.body;
  addEventListener("keydown", () => (watched.benchBegun = performance.now()), { capture: true });
  const observer = new MutationObserver(() => {
    if (watched.benchBegun === 0) return;
    watched.benchTimes.push(performance.now() - watched.benchBegun);
    watched.benchBegun = 0;
  });
  observer.observe(metric, { subtree: true, childList: true, characterData: true });
}

export function keyPressFigures(
  ours: readonly number[],
  streamlit: readonly number[] | undefined,
): readonly Figure[] {
  const of = (share: number): number | null => (streamlit === undefined ? null : quantile(streamlit, share));
  return [
    figure({
      figure: "interaction in Chromium, key press → changed text, p50",
      unit: "ms",
      ours: quantile(ours, 0.5),
      streamlit: of(0.5),
      reach: 8,
      limit: 16,
    }),
    figure({
      figure: "interaction in Chromium, key press → changed text, p95",
      unit: "ms",
      ours: quantile(ours, 0.95),
      streamlit: of(0.95),
      reach: 16,
      limit: 33,
    }),
  ];
}

export interface FirstLoad {
  readonly bytes: number;
  readonly scriptBytes: number;
  readonly requests: number;
  /** Largest part of the page on screen, s. */
  readonly contentSeconds: number;
  /** A key press on the slider has changed the metric, s. */
  readonly answeringSeconds: number;
}

export interface Line {
  readonly bitsPerSecond: number;
  readonly latencyMs: number;
  readonly cpuSlowdown: number;
}

export const slowLine: Line = { bitsPerSecond: 1_600_000, latencyMs: 150, cpuSlowdown: 4 };

/** Loads a page with a cold cache. */
export async function firstLoad(browser: Browser, url: string, line: Line | undefined): Promise<FirstLoad> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const seen = await listen(devtools);
  if (line !== undefined) await slowDown(devtools, line);
  const begun = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  const contentSeconds = await firstText(page, begun);
  const answeringSeconds = await firstAnswer(page, begun);
  await page.waitForTimeout(line === undefined ? 1_000 : 3_000);
  await context.close();
  return { ...seen, contentSeconds, answeringSeconds };
}

async function listen(
  devtools: CDPSession,
): Promise<{ bytes: number; scriptBytes: number; requests: number }> {
  const seen = { bytes: 0, scriptBytes: 0, requests: 0 };
  const scripts = new Set<string>();
  await devtools.send("Network.enable");
  devtools.on("Network.requestWillBeSent", ({ request }) => {
    if (!request.url.startsWith("data:")) seen.requests++;
  });
  devtools.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    seen.bytes += encodedDataLength;
    if (scripts.has(requestId)) seen.scriptBytes += encodedDataLength;
  });
  return seen;
}

async function slowDown(devtools: CDPSession, line: Line): Promise<void> {
  const throughput = line.bitsPerSecond / 8;
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: line.latencyMs,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: line.cpuSlowdown });
}

async function firstText(page: Page, begun: number): Promise<number> {
  await page.getByText("Level now").first().waitFor({ timeout: 60_000 });
  return (performance.now() - begun) / 1_000;
}

async function firstAnswer(page: Page, begun: number): Promise<number> {
  const slider = page.getByRole("slider").first();
  for (;;) {
    await slider.focus({ timeout: 60_000 });
    await page.keyboard.press("ArrowRight");
    const isChanged = await page.evaluate(() => /Level now\s*[1-9]/.test(document.body.innerText));
    if (isChanged) return (performance.now() - begun) / 1_000;
    if (performance.now() - begun > 60_000) return Number.NaN;
    await page.waitForTimeout(20);
  }
}

export function firstLoadFigures(
  ours: FirstLoad,
  slow: FirstLoad,
  them: { fast: FirstLoad; slow: FirstLoad } | undefined,
): readonly Figure[] {
  const { fast: theirs, slow: theirSlow } = them ?? {};
  return [
    figure({
      figure: "first load, all bytes",
      unit: "KB",
      ours: ours.bytes / 1_000,
      streamlit: theirs === undefined ? null : theirs.bytes / 1_000,
      reach: 120,
      limit: 180,
    }),
    figure({
      figure: "first load, JavaScript",
      unit: "KB",
      ours: ours.scriptBytes / 1_000,
      streamlit: theirs === undefined ? null : theirs.scriptBytes / 1_000,
      reach: 80,
      limit: 110,
    }),
    figure({
      figure: "first load, requests",
      unit: "requests",
      ours: ours.requests,
      streamlit: theirs?.requests ?? null,
      reach: 6,
      limit: 12,
    }),
    figure({
      figure: "slow line: first content",
      unit: "s",
      ours: slow.contentSeconds,
      streamlit: theirSlow?.contentSeconds ?? null,
      reach: 0.4,
      limit: 1,
    }),
    figure({
      figure: "slow line: answering",
      unit: "s",
      ours: slow.answeringSeconds,
      streamlit: theirSlow?.answeringSeconds ?? null,
      reach: 1.3,
      limit: 2,
    }),
  ];
}
