import { figure, type Figure } from "../figures.ts";
import { cpuMicros, residentOf, sleep, treeOf } from "../../running/processes.ts";
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

/**
 * What each further session holds, in a server that has grown to its working size: `many` come first, for which V8 takes
 * the room that any server of this kind has, then as many again. What sleeping ones hold is seen when others take their
 * place, twice: a heap gives nothing back by itself, it is used again.
 */
async function measureMemory(many: number): Promise<readonly Figure[]> {
  // Long enough to open them all before the first falls asleep.
  const sleepSeconds = Math.max(12, Math.round(many / 25));
  await using server = await serve(pageFolder("plain"), {
    core: 1,
    config: `[runner]\nworkers = 1\n[session]\nsleepAfter = "${sleepSeconds}s"\n`,
  });
  const sessions = await awaken(server.url, many);
  const few = new Memory(server.pid);
  sessions.push(...(await awaken(server.url, many)));
  const awake = few.grownBy() / many / 1_024;
  const takePlace = async (): Promise<void> => {
    await sleep((sleepSeconds + 6) * 1_000);
    sessions.push(...(await awaken(server.url, many * 2)));
  };
  await takePlace();
  const before = new Memory(server.pid);
  await takePlace();
  const asleep = before.grownBy() / (many * 2) / 1_024;
  for (const session of sessions) session.close();
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

async function awaken(url: string, count: number): Promise<RawSession[]> {
  const sessions = await openMany(url, count, 4);
  await slideAll(sessions, 2);
  await sleep(2_000);
  return sessions;
}

/** The memory of the processes that are there now, for as long as they are: one that comes to help for a while, or waits, is no session's. */
class Memory {
  readonly #before: ReadonlyMap<number, number>;

  constructor(pid: number) {
    this.#before = new Map(treeOf(pid).map((one) => [one, residentOf(one)]));
  }

  grownBy(): number {
    let grown = 0;
    for (const [one, before] of this.#before) {
      const now = residentOf(one);
      if (now > 0) grown += now - before;
    }
    return grown;
  }
}

async function openMany(url: string, count: number, atOnce = 25): Promise<RawSession[]> {
  const sessions: RawSession[] = [];
  for (let at = 0; at < count; at += atOnce) {
    const next = Array.from({ length: Math.min(atOnce, count - at) }, () => openRaw(url));
    sessions.push(...(await Promise.all(next)));
  }
  return sessions;
}
