import type { Build } from "../../wire/compiler-frames.ts";
import type { Opening, Placed, SessionListener } from "./pool-types.ts";
import type { SupervisedWorker } from "./supervised-worker.ts";

/** What the compiler made of the author's files. */
export type Version = Extract<Build, { ok: true }>;

/** A version, each time that it is taken up: workers that were started for it before may see less than new ones. */
export interface Edition extends Version {
  readonly id: string;
}

/** A session that waits for a place. */
export interface Newcomer {
  readonly listener: SessionListener;
  readonly opening: Opening;
  readonly resolve: (placed: Placed) => void;
  readonly reject: (error: Error) => void;
}

/** The worker in which another session is served soonest: one that answers, then where few wait, then where few live. */
export function idlest(workers: readonly SupervisedWorker[]): SupervisedWorker | undefined {
  return workers.toSorted((a, b) => compare(loadOf(a), loadOf(b)))[0];
}

function loadOf({ residents: { turns, size } }: SupervisedWorker): readonly number[] {
  return [turns.isCrowded ? 1 : 0, turns.length, size];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, at) => value !== b[at]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
