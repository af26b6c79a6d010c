import { idlest } from "./edition.ts";
import { ExtraWorkers } from "./extra-workers.ts";
import type { SupervisedWorker } from "./supervised-worker.ts";

type Workers = readonly SupervisedWorker[];

/** Which sessions live together, and how many workers that takes. */
export interface Housing {
  /** How many workers are to have the version that these have, while so many sessions wait for a place. */
  wanted(workers: Workers, waiting: number): number;
  /** The worker that takes the next session. */
  choose(ready: Workers): SupervisedWorker | undefined;
  /** All are busy: answers whether one more is wanted from now on. */
  grow(loaded: number): boolean;
  /** Workers that ended otherwise than by being told to. */
  readonly falls: number;
  /** A worker fell. */
  fell(): void;
  /** One that nobody needs any more. */
  surplus(ready: Workers): SupervisedWorker | undefined;
}

/** All sessions share some workers; one more comes for a while when none of them answers. */
export class Shared implements Housing {
  falls = 0;
  readonly #size: number;
  #wanted: number;
  readonly #extra = new ExtraWorkers();

  constructor(size: number) {
    this.#size = this.#wanted = size;
  }

  wanted(): number {
    return this.#wanted;
  }

  choose(ready: Workers): SupervisedWorker | undefined {
    return idlest(ready);
  }

  grow(loaded: number): boolean {
    if (this.#wanted > loaded || !this.#extra.take(loaded / this.#size, performance.now())) return false;
    this.#wanted = loaded + 1;
    return true;
  }

  fell(): void {
    this.falls++;
    this.#wanted = this.#size;
    this.#extra.oneFell();
  }

  surplus(ready: Workers): SupervisedWorker | undefined {
    if (this.#wanted <= this.#size) return undefined;
    const idle = ready.find(({ residents }) => residents.size === 0);
    if (idle !== undefined) this.#wanted--;
    return idle;
  }
}

/** Each session has a worker that had no other before and will have none after; so many wait for the next ones. */
export class Apart implements Housing {
  falls = 0;
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  wanted(workers: Workers, waiting: number): number {
    return this.#size + waiting + workers.filter(({ residents }) => !residents.isUntouched).length;
  }

  choose(ready: Workers): SupervisedWorker | undefined {
    return ready.find(({ residents }) => residents.isUntouched);
  }

  grow(): boolean {
    return false;
  }

  fell(): void {
    this.falls++;
  }

  surplus(ready: Workers): SupervisedWorker | undefined {
    const left = ready.find(({ residents }) => residents.size === 0 && !residents.isUntouched);
    return left ?? ready.filter(({ residents }) => residents.isUntouched)[this.#size];
  }
}
