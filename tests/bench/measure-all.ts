import { launchChromium } from "../chromium.ts";
import {
  firstLoad,
  firstLoadFigures,
  keyPresses,
  keyPressFigures,
  slowLine,
  type FirstLoad,
} from "./browser.ts";
import { table, type Figure } from "./figures.ts";
import { measureFloor } from "./floor/floor.ts";
import { machineName } from "../running/processes.ts";
import { measureDisturbance } from "./ours/disturbance.ts";
import { measureInteraction } from "./ours/interaction.ts";
import { measurePageView } from "./ours/page-view.ts";
import { serve } from "../running/app-server.ts";
import { pageFolder } from "./pages.ts";
import { measureRedaction } from "./ours/redaction.ts";
import { measureSessions } from "./ours/sessions.ts";
import { measureDump } from "./ours/dump.ts";
import { measureGrowingPage } from "./ours/growing-page.ts";
import { measureSave, measureStart } from "./ours/startup.ts";
import { installStreamlit, measureStreamlit, serveStreamlit, type Seen } from "./streamlit/streamlit.ts";

export interface Measuring {
  readonly isQuick: boolean;
  readonly say: (what: string) => void;
}

interface Theirs {
  /** From the command to listening. */
  readonly startMs: number;
  readonly seen: Seen;
  readonly presses: readonly number[];
  readonly fast: FirstLoad;
  readonly slow: FirstLoad;
}

/** Everything, one after the other: two measurements at once would measure each other. */
export async function measureAll({
  isQuick,
  say,
}: Measuring): Promise<{ figures: readonly Figure[]; report: string }> {
  const times = isQuick ? 1 : 4;
  const figures: Figure[] = [];
  const add = (what: string, more: readonly Figure[]): void => {
    say(`measured: ${what}`);
    figures.push(...more);
  };
  const floor = await measureFloor(5_000 * times);
  say(
    `floor: E ${floor.roundTripMicros.toFixed(0)} µs, C ${floor.cpuMicros.toFixed(0)} µs, N ${floor.nodeStartMs.toFixed(0)} ms`,
  );
  const why = installStreamlit();
  if (why !== undefined) say(`Streamlit is left out: ${why}`);
  const theirs = why === undefined ? await measureTheirs(isQuick) : undefined;
  if (theirs !== undefined) say("measured: Streamlit");
  add(
    "interaction at a raw client",
    await measureInteraction({ floor, streamlit: theirs?.seen, steps: 2_500 * times }),
  );
  const cpu = figures.find(({ figure }) => figure === "CPU for an interaction")?.ours ?? Number.NaN;
  add("redaction", [measureRedaction(cpu * floor.cpuMicros)]);
  add("state", [measureDump(floor, 1_000 * times)]);
  add("growing pages", [await measureGrowingPage(isQuick ? 40 : 200)]);
  add("interaction and first load in Chromium", await measureInBrowser(theirs, isQuick));
  add("start", [await measureStart(floor, theirs?.startMs)]);
  add("page view", [await measurePageView(floor, 300 * times)]);
  add("disturbance", await measureDisturbance(isQuick ? 2_500 : 30_000));
  add("sessions", await measureSessions(isQuick ? 100 : 1_000));
  const day = new Date().toISOString().slice(0, 10);
  const heading = [
    "# What `npm run bench` measured",
    "",
    `${day}, ${machineName()}${isQuick ? ", quick" : ""}. One run; ratios hold, times are this machine's.`,
    `E = ${floor.roundTripMicros.toFixed(1)} µs (round trip of a bare echo), C = ${floor.cpuMicros.toFixed(1)} µs (its CPU), N = ${floor.nodeStartMs.toFixed(1)} ms (start of an empty Node program). The floor is the echo through two processes.`,
    ...(why === undefined ? [] : [`Streamlit was left out: ${why}.`]),
  ];
  return { figures, report: table(figures, heading) };
}

async function measureTheirs(isQuick: boolean): Promise<Theirs> {
  const begun = performance.now();
  await using server = await serveStreamlit(1);
  const startMs = performance.now() - begun;
  const seen = measureStreamlit(server.port, { steps: isQuick ? 40 : 200, sessions: isQuick ? 10 : 50 });
  await using browser = await launchChromium();
  const page = await browser.newPage();
  const presses = await keyPresses(page, server.url, isQuick ? 30 : 100);
  await page.close();
  return {
    startMs,
    seen,
    presses,
    fast: await firstLoad(browser, server.url, undefined),
    slow: await firstLoad(browser, server.url, slowLine),
  };
}

async function measureInBrowser(theirs: Theirs | undefined, isQuick: boolean): Promise<readonly Figure[]> {
  await using server = await serve(pageFolder("plain"));
  await using browser = await launchChromium();
  const page = await browser.newPage();
  const presses = await keyPresses(page, server.url, isQuick ? 60 : 300);
  const fast = await firstLoad(browser, server.url, undefined);
  const slow = await firstLoad(browser, server.url, slowLine);
  return [
    ...keyPressFigures(presses, theirs?.presses),
    ...firstLoadFigures(fast, slow, theirs),
    await measureSave(page),
  ];
}
