import { basename } from "node:path";
import { dice, type Dice } from "../../chaos/dice.ts";
import { commandOf, residentBytes, sleep, treeOf, type Program } from "../../running/processes.ts";
import { Attacker, count, type Heard } from "./attackers.ts";
import { Bystander } from "./bystander.ts";
import { startTarget } from "./target.ts";

const attackers = 12;
/** Of a hundred connections, so many carry requests; the others frames. */
const requestsInHundred = 60;
/** What is said without a session, and a viewer who does not come back, is forgotten meanwhile. */
const calmMs = 20_000;

export interface Report {
  readonly sent: number;
  readonly heard: Heard;
  readonly problems: readonly string[];
  /** Resident memory of all processes of the server, in MB: before, now and then, and after a pause. */
  readonly memoryMb: readonly number[];
  readonly bystander: { readonly answers: number; readonly longestMs: number };
}

export interface FuzzOptions {
  readonly times: number;
  readonly seed: number;
  /** Waits until what the attack left has been forgotten, and measures memory again. */
  readonly isCalm?: boolean;
  readonly say?: (what: string) => void;
}

/**
 * Sends requests and frames that no browser sends to a server in production mode, with the limits that it is shipped
 * with, from many addresses of this machine, under the eyes of a viewer who wants to work.
 */
export async function fuzz({ times, seed, isCalm = false, say }: FuzzOptions): Promise<Report> {
  await using target = await startTarget();
  const { server, url } = target;
  const output = listen(server);
  const bystander = await Bystander.open(url);
  const before = programsOf(server.pid);
  const memory = new Memory(server.pid);
  const heard: Heard = new Map();
  const aim = { target, dice: dice(seed) };
  const attack = { sent: 0, times, heard, memory, say };
  const ends = await Promise.allSettled(
    Array.from({ length: attackers }, (_, n) => strike(new Attacker(aim, n + 1), attack, aim.dice)),
  );
  if (isCalm) await sleep(calmMs);
  await bystander.stop();
  memory.note();
  const problems = [
    ...bystander.problems,
    ...ends.flatMap((end) => (end.status === "rejected" ? [String(end.reason)] : [])),
    ...(server.child.exitCode === null ? [] : [`the server ended with ${server.child.exitCode}`]),
    ...output.filter((line) => trouble.test(line)).slice(0, 5),
    ...gone(before, programsOf(server.pid)),
  ];
  const { answers, longestMs } = bystander;
  return { sent: attack.sent, heard, problems, memoryMb: memory.mb, bystander: { answers, longestMs } };
}

interface Attack {
  sent: number;
  readonly times: number;
  readonly heard: Heard;
  readonly memory: Memory;
  readonly say: ((what: string) => void) | undefined;
}

/** What a viewer knows is used up in time: so often one becomes another. */
const renewalsInThousand = 4;
/** All viewers come from one address, from which so many do not begin at once: one waits its turn, so often. */
const turns = 60;
const turnMs = 1_000;

async function strike(attacker: Attacker, attack: Attack, throws: Dice): Promise<void> {
  await enter(attacker);
  const step = Math.max(1, Math.floor(attack.times / 20));
  while (attack.sent < attack.times) {
    if (attacker.isOut || throws.roll(1_000) < renewalsInThousand) await enter(attacker);
    const sent = throws.roll(100) < requestsInHundred ? await attacker.requests() : await attacker.frames();
    const isStep = Math.floor((attack.sent + sent) / step) > Math.floor(attack.sent / step);
    attack.sent += sent;
    if (!isStep) continue;
    attack.memory.note();
    attack.say?.(`${attack.sent} of ${attack.times}, ${attack.memory.mb.at(-1)} MB`);
  }
  attacker.close();
  for (const [what, times] of attacker.heard) count(attack.heard, what, times);
}

async function enter(attacker: Attacker): Promise<void> {
  for (let turn = 1; ; turn++) {
    try {
      return await attacker.open();
    } catch (error) {
      if (turn === turns) throw error;
      await sleep(turnMs);
    }
  }
}

class Memory {
  readonly #pid: number;
  readonly mb: number[] = [];

  constructor(pid: number) {
    this.#pid = pid;
    this.note();
  }

  note(): void {
    this.mb.push(Math.round(residentBytes(this.#pid) / 2 ** 20));
  }
}

/** Lines of the log that no stranger's request may bring about. */
const trouble = /"level":[56]0|"msg":"(?:a run was stopped|a worker broke)/;

function listen({ child }: Program): readonly string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      if (lines.length < 20_000) lines.push(...chunk.toString().split("\n"));
    });
  return lines;
}

/** Our own processes by number, and what each runs. Workers come and go: of those that fall the log tells. */
function programsOf(pid: number): ReadonlyMap<number, string> {
  const named = treeOf(pid).map((one): [number, string] => {
    const main = commandOf(one).find((word) => /(?:compile|broker)-main\.js$/.test(word));
    return [one, main === undefined ? "" : basename(main)];
  });
  return new Map(named.filter(([, name]) => name !== ""));
}

/** Programs that ran and do no more: one of them has crashed, or was stopped. */
function gone(before: ReadonlyMap<number, string>, after: ReadonlyMap<number, string>): readonly string[] {
  return [...before].flatMap(([pid, name]) => (after.has(pid) ? [] : [`${name} has ended`]));
}
