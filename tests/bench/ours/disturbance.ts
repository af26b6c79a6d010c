import { figure, quantile, type Figure } from "../figures.ts";
import { inNodeStarts } from "../floor/floor.ts";
import { residentBytes, sleep, workersOf } from "../../running/processes.ts";
import { openRaw, type RawSession } from "../../running/raw-session.ts";
import { serve } from "../../running/app-server.ts";
import { pageFolder } from "../pages.ts";

/** What one viewer's trouble costs the others. */
export async function measureDisturbance(reruns: number): Promise<readonly Figure[]> {
  return [await measureHogs(), await measureLoop(), await measureKill(), await measureGrowth(reruns)];
}

async function measureHogs(): Promise<Figure> {
  const hogMs = 200;
  await using server = await serve(pageFolder("hog"), { config: "[runner]\nworkers = 2\n" });
  // The address answers when the first worker does: the second is awaited, what starts is measured elsewhere.
  await sleep(1_500);
  const hog = await openRaw(server.url);
  const others = await Promise.all(Array.from({ length: 6 }, () => openRaw(server.url)));
  const latencies: number[] = [];
  let isOver = false;
  const quiet = others.map(async (session) => {
    for (let step = 1; !isOver; step++) {
      const begun = performance.now();
      await session.slide(step);
      latencies.push(performance.now() - begun);
      await sleep(10);
    }
  });
  for (let turn = 0; turn < 8; turn++) {
    await hog.send({ trigger: { id: "button:Hog for 200 ms" } });
    await sleep(100);
  }
  isOver = true;
  await Promise.all(quiet);
  return figure({
    figure: "others' p99 during 200 ms hogs ÷ the hog",
    unit: "ratio",
    ours: quantile(latencies, 0.99) / hogMs,
    reach: 0.15,
    limit: 0.3,
  });
}

const loops = 3;

/** Another viewer's p99 while one viewer's run never ends, beside the same viewer's p99 in quiet: by turns, on one server. */
async function measureLoop(): Promise<Figure> {
  await using server = await serve(pageFolder("hog"), {
    config: "[runner]\nworkers = 2\nmaxBlockSeconds = 2\n",
  });
  const other = await openRaw(server.url);
  await latenciesOf(other, 500);
  const quiet: number[] = [];
  const disturbed: number[] = [];
  for (let turn = 0; turn < loops; turn++) {
    const looping = await openRaw(server.url);
    quiet.push(...(await latenciesOf(other, 1_000)));
    looping.forge({ trigger: { id: "button:Loop for ever" } });
    disturbed.push(...(await latenciesOf(other, 1_000)));
    looping.close();
  }
  return figure({
    figure: "another's p99 while one run never ends ÷ in quiet",
    unit: "ratio",
    ours: quantile(disturbed, 0.99) / quantile(quiet, 0.99),
    reach: 1.2,
    limit: 2,
  });
}

/** One answer every 3 ms, so that the loop is met from its beginning to its end. */
async function latenciesOf(session: RawSession, count: number): Promise<readonly number[]> {
  const latencies: number[] = [];
  for (let step = 0; step < count; step++) {
    const begun = performance.now();
    await session.slide(1 + step);
    latencies.push(performance.now() - begun);
    await sleep(3);
  }
  return latencies;
}

/** Kills the worker under one session and asks for the next answer until it comes. */
async function measureKill(): Promise<Figure> {
  const ours = await inNodeStarts(7, async () => {
    await using server = await serve(pageFolder("plain"), { config: "[runner]\nworkers = 1\n" });
    const session = await openRaw(server.url);
    for (let step = 1; step < 50; step++) await session.slide(step);
    await sleep(500);
    const worker = workersOf(server.pid)[0];
    if (worker === undefined) throw new Error("No worker was found among the server's processes.");
    process.kill(worker, "SIGKILL");
    const begun = performance.now();
    await session.slide(4_711);
    const ms = performance.now() - begun;
    session.close();
    return ms;
  });
  return figure({ figure: "worker killed → first answer", unit: "N", ours, reach: 0.5, limit: 1.5 });
}

const warmReruns = 2_000;

/**
 * What memory grows by from there on. Until about 9,000 reruns Node still makes its own code faster, and heaps find
 * their size: those few megabytes are in it, and a leak is told from them by many reruns.
 */
async function measureGrowth(reruns: number): Promise<Figure> {
  await using server = await serve(pageFolder("plain"), { config: "[runner]\nworkers = 1\n" });
  const session = await openRaw(server.url);
  for (let step = 1; step <= warmReruns; step++) await session.slide(step);
  await sleep(500);
  const before = residentBytes(server.pid);
  for (let step = 1; step <= reruns; step++) await session.slide(warmReruns + step);
  await sleep(500);
  const growth = (residentBytes(server.pid) - before) / reruns;
  session.close();
  return figure({
    figure: `growth for each rerun after ${warmReruns.toLocaleString("en")} reruns`,
    unit: "B",
    ours: Math.max(0, growth),
    reach: 100,
    limit: 500,
  });
}
