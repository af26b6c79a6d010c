import { figure, type Figure } from "../figures.ts";
import { cpuMicros, residentBytes, sleep } from "../../running/processes.ts";
import { openRaw, type RawSession } from "../../running/raw-session.ts";
import { serve } from "../../running/app-server.ts";
import { pageFolder } from "../pages.ts";

/** What many sessions cost: processor time as they grow, memory while they idle and while they sleep. */
export async function measureSessions(many: number): Promise<readonly Figure[]> {
  return [await measureGrowth(many), ...(await measureMemory(many))];
}

async function measureGrowth(many: number): Promise<Figure> {
  await using server = await serve(pageFolder("plain"), { core: 1, config: "[runner]\nworkers = 1\n" });
  const few = await openMany(server.url, Math.round(many / 5));
  await slideAll(few, 10);
  const atFew = await costOf(server.pid, few, 40);
  const all = [...few, ...(await openMany(server.url, many - few.length))];
  await slideAll(all, 2);
  const atMany = await costOf(server.pid, all, 10);
  for (const session of all) session.close();
  return figure({
    figure: `CPU for an interaction at ${many} sessions ÷ at ${few.length}`,
    unit: "ratio",
    ours: atMany / atFew,
    reach: 1.3,
    limit: 2,
  });
}

async function costOf(pid: number, sessions: readonly RawSession[], turns: number): Promise<number> {
  const before = cpuMicros(pid);
  await slideAll(sessions, turns);
  return (cpuMicros(pid) - before) / (sessions.length * turns);
}

async function slideAll(sessions: readonly RawSession[], turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    await Promise.all(sessions.map((session, index) => session.slide(1 + turn * 1_000 + index)));
  }
}

async function measureMemory(many: number): Promise<readonly Figure[]> {
  // Long enough to open them all before the first falls asleep.
  const sleepSeconds = Math.max(6, Math.round(many / 50));
  await using server = await serve(pageFolder("plain"), {
    core: 1,
    config: `[runner]\nworkers = 1\n[session]\nsleepAfter = "${sleepSeconds}s"\n`,
  });
  const warm = await openMany(server.url, 100);
  await slideAll(warm, 20);
  const before = residentBytes(server.pid);
  const sessions = await openMany(server.url, many);
  await slideAll(sessions, 2);
  await sleep(2_000);
  const awake = (residentBytes(server.pid) - before) / many / 1_024;
  await sleep((sleepSeconds + 6) * 1_000);
  const asleep = (residentBytes(server.pid) - before) / many / 1_024;
  for (const session of [...warm, ...sessions]) session.close();
  return [
    figure({
      figure: "idle session of 31 elements, awake, resident",
      unit: "KB",
      ours: awake,
      reach: 40,
      limit: 56,
    }),
    figure({
      figure: "idle session, asleep in the store, resident",
      unit: "KB",
      ours: Math.max(0, asleep),
      reach: 8,
      limit: 16,
    }),
  ];
}

async function openMany(url: string, count: number): Promise<RawSession[]> {
  const sessions: RawSession[] = [];
  for (let at = 0; at < count; at += 25) {
    sessions.push(
      ...(await Promise.all(Array.from({ length: Math.min(25, count - at) }, () => openRaw(url)))),
    );
  }
  return sessions;
}
