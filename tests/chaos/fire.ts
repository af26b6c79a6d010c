import { setTimeout } from "node:timers/promises";
import { launchChromium } from "../chromium.ts";
import { dice, type Dice } from "./dice.ts";
import { Target } from "./target.ts";
import { Viewer } from "./viewer.ts";

const blows = ["worker", "gateway", "socket", "save"] as const;
type Blow = (typeof blows)[number];

export interface Outcome {
  readonly rounds: number;
  readonly blows: Readonly<Record<Blow, number>>;
  readonly problems: readonly string[];
}

/** Strikes `times` blows under a viewer's hands, each at a random moment of what the viewer does. */
export async function fire(times: number, seed: number, say: (what: string) => void): Promise<Outcome> {
  const throws = dice(seed);
  const struck: Record<Blow, number> = { worker: 0, gateway: 0, socket: 0, save: 0 };
  await using target = await Target.start();
  await using browser = await launchChromium();
  const viewer = await Viewer.open(browser, target.url);
  let round = 0;
  for (; round < times; round++) {
    const blow = throws.pick(blows);
    struck[blow]++;
    const striking = setTimeout(throws.roll(220)).then(() => strike(blow, target, viewer));
    // Both are waited for, so that a failure of one does not hide that of the other.
    const ends = await Promise.allSettled([striking, act(viewer, throws)]);
    for (const end of ends) if (end.status === "rejected") throw end.reason;
    const problems = await viewer.check(target.saves);
    if (problems.length > 0)
      return {
        rounds: round,
        blows: struck,
        problems: [`round ${round}, ${blow}`, ...problems, ...target.output.slice(-10)],
      };
    if (round % 10 === 9) say(`${round + 1} of ${times}`);
  }
  return { rounds: round, blows: struck, problems: await viewer.checkTree() };
}

async function act(viewer: Viewer, throws: Dice): Promise<void> {
  const letters = String.fromCharCode(97 + throws.roll(26), 97 + throws.roll(26), 97 + throws.roll(26));
  switch (throws.roll(3)) {
    case 0:
      await viewer.count();
      await viewer.count();
      return;
    case 1:
      return viewer.typeNote(letters);
    default:
      await viewer.fillForm(letters);
      return throws.roll(2) === 0 ? viewer.send() : undefined;
  }
}

async function strike(blow: Blow, target: Target, viewer: Viewer): Promise<void> {
  switch (blow) {
    case "worker":
      return target.killWorker();
    case "gateway":
      return target.killGateway();
    case "socket":
      return viewer.cutSocket();
    case "save":
      return target.saveApp();
  }
}
