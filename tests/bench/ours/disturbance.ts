import { figure, median, quantile, type Figure } from "../figures.ts";
import type { Floor } from "../floor/floor.ts";
import { residentBytes, sleep, workersOf } from "../../running/processes.ts";
import { openRaw } from "../../running/raw-session.ts";
import { serve } from "../../running/app-server.ts";
import { pageFolder } from "../pages.ts";

/** What one viewer's trouble costs the others. */
export async function measureDisturbance(floor: Floor, reruns: number): Promise<readonly Figure[]> {
  return [await measureHogs(), await measureKill(floor), await measureGrowth(reruns)];
}

async function measureHogs(): Promise<Figure> {
  const hogMs = 200;
  await using server = await serve(pageFolder("hog"), { config: "[runner]\nworkers = 2\n" });
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

/** Kills the worker under one session and asks for the next answer until it comes. */
async function measureKill(floor: Floor): Promise<Figure> {
  const times: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    await using server = await serve(pageFolder("plain"), { config: "[runner]\nworkers = 1\n" });
    const session = await openRaw(server.url);
    for (let step = 1; step < 50; step++) await session.slide(step);
    await sleep(500);
    const worker = workersOf(server.pid)[0];
    if (worker === undefined) throw new Error("No worker was found among the server's processes.");
    process.kill(worker, "SIGKILL");
    const begun = performance.now();
    await session.slide(4_711);
    times.push(performance.now() - begun);
    session.close();
  }
  return figure({
    figure: "worker killed → first answer",
    unit: "N",
    ours: median(times) / floor.nodeStartMs,
    reach: 0.5,
    limit: 1.5,
  });
}

async function measureGrowth(reruns: number): Promise<Figure> {
  await using server = await serve(pageFolder("plain"), { config: "[runner]\nworkers = 1\n" });
  const session = await openRaw(server.url);
  for (let step = 1; step < reruns; step++) await session.slide(step);
  await sleep(500);
  const before = residentBytes(server.pid);
  for (let step = 1; step < reruns * 2; step++) await session.slide(step);
  await sleep(500);
  const growth = (residentBytes(server.pid) - before) / (reruns * 2);
  session.close();
  return figure({
    figure: `growth for each rerun after ${reruns} reruns`,
    unit: "B",
    ours: Math.max(0, growth),
    reach: 100,
    limit: 500,
  });
}
