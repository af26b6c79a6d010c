import type { CacheClaim } from "../../wire/cache-frames.ts";
import type { ValuePlace } from "./kept-values.ts";

/** One who asked: a worker, and the number of its question. */
export interface Asker<W> {
  readonly worker: W;
  readonly n: number;
}

/** A value that somebody computes, or that is being read, and those who wait for it. */
export interface Claim<W> extends ValuePlace {
  readonly asked: CacheClaim;
  /** Who computes; nobody while it is being read. */
  owner: Asker<W> | undefined;
  waiting: Asker<W>[];
  /** Somebody cleared meanwhile: those who wait get the value, and it is not kept. */
  isCleared: boolean;
}

/** Who computes what, and who waits for it. */
export class Claims<W> {
  readonly #byPlace = new Map<string, Claim<W>>();
  /** By owner and the number of its question. */
  readonly #owned = new Map<W, Map<number, Claim<W>>>();
  readonly #open = new Set<Claim<W>>();

  get count(): number {
    return this.#open.size;
  }

  /** How many of a worker's questions are open. */
  countOf(worker: W): number {
    return this.#owned.get(worker)?.size ?? 0;
  }

  /** What is being made for a place. */
  at({ group, key }: ValuePlace): Claim<W> | undefined {
    return this.#byPlace.get(`${group} ${key}`);
  }

  begin({ group, key }: ValuePlace, asked: CacheClaim, owner: Asker<W> | undefined): Claim<W> {
    const claim: Claim<W> = { group, key, asked, owner: undefined, waiting: [], isCleared: false };
    this.#byPlace.set(`${group} ${key}`, claim);
    this.#open.add(claim);
    if (owner !== undefined) this.give(claim, owner);
    return claim;
  }

  /** From now on this one computes. */
  give(claim: Claim<W>, owner: Asker<W>): void {
    this.#disown(claim);
    claim.owner = owner;
    const owned = this.#owned.get(owner.worker) ?? new Map<number, Claim<W>>();
    this.#owned.set(owner.worker, owned.set(owner.n, claim));
  }

  /** The claim that this worker was told to compute under this number. */
  ownedBy({ worker, n }: Asker<W>): Claim<W> | undefined {
    return this.#owned.get(worker)?.get(n);
  }

  /** The claim is over; answers who waited. */
  end(claim: Claim<W>): readonly Asker<W>[] {
    this.#disown(claim);
    this.#open.delete(claim);
    if (this.at(claim) === claim) this.#byPlace.delete(`${claim.group} ${claim.key}`);
    const { waiting } = claim;
    claim.waiting = [];
    return waiting;
  }

  /** What is made now will not be kept, and those who ask from now on do not wait for it. */
  clear(isMeant: (place: ValuePlace) => boolean): void {
    for (const claim of this.#open) {
      if (!isMeant(claim)) continue;
      claim.isCleared = true;
      if (this.at(claim) === claim) this.#byPlace.delete(`${claim.group} ${claim.key}`);
    }
  }

  /** A worker is gone; answers what it was to compute. */
  gone(worker: W): readonly Claim<W>[] {
    for (const claim of this.#open) {
      if (claim.waiting.some((asker) => asker.worker === worker))
        claim.waiting = claim.waiting.filter((asker) => asker.worker !== worker);
    }
    const owned = [...(this.#owned.get(worker)?.values() ?? [])];
    for (const claim of owned) this.#disown(claim);
    return owned;
  }

  #disown(claim: Claim<W>): void {
    const { owner } = claim;
    if (owner === undefined) return;
    claim.owner = undefined;
    const owned = this.#owned.get(owner.worker);
    owned?.delete(owner.n);
    if (owned?.size === 0) this.#owned.delete(owner.worker);
  }
}
