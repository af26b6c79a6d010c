import type { CacheAnswer, CacheClaim, CacheRequest } from "../../wire/cache-frames.ts";
import { toWorker, type NewWorkerFrame } from "../../wire/worker-frames.ts";
import { Claims, type Asker, type Claim } from "./claims.ts";
import type { DiskValues } from "./disk-values.ts";
import { KeptValues, type KeptValue, type ValuePlace } from "./kept-values.ts";

/** A worker, as the cache sees it. */
export interface CacheWorker {
  readonly residents: {
    /** A session that lives there, or nothing for one that has left; throws where it never lived there. */
    resident(session: number): { readonly viewer: string } | undefined;
  };
  tell(frame: Omit<NewWorkerFrame, "session">): void;
}

/** What a worker says about cached functions. */
export interface CacheHeard {
  /** Whose values are meant: those of this session's viewer, or everybody's where it is 0. */
  readonly session: number;
  readonly n: number;
  readonly request: CacheRequest;
  readonly value: Buffer;
}

export interface SharedCacheOptions {
  readonly maxBytes: number;
  /** Opened when the first value is to be kept there; nothing where that cannot be. */
  readonly disk: () => DiskValues | undefined;
  readonly workers: () => Iterable<CacheWorker>;
  readonly now: () => number;
}

/** A worker computes no more at once that others may wait for; what it asks beyond it computes for itself. */
const maxClaims = 10_000;

/**
 * Values of cached functions for all workers: bytes that nobody here reads. Whose they are, the gateway says: a worker
 * names a session, and reaches the values of that session's viewer and of everybody.
 */
export class SharedCache {
  readonly #options: SharedCacheOptions;
  readonly #claims = new Claims<CacheWorker>();
  readonly kept: KeptValues;
  #disk: DiskValues | undefined;

  constructor(options: SharedCacheOptions) {
    this.#options = options;
    this.kept = new KeptValues(options.maxBytes);
  }

  hear(worker: CacheWorker, { session, n, request, value }: CacheHeard): void {
    const asker = { worker, n };
    const viewer = session === 0 ? "" : worker.residents.resident(session)?.viewer;
    switch (request.do) {
      case "claim":
        if (viewer === undefined) return answer(asker, { is: "yours" });
        return this.#claim(asker, { group: groupOf(request.name, viewer), key: request.key }, request);
      case "put":
        return this.#put(asker, request, value);
      case "fail":
        return this.#fail(asker, request.restMs ?? 0);
      case "clear":
        if (viewer !== undefined) this.#clear(worker, viewer, request);
    }
  }

  /** A worker is gone: what it was to compute, one who waits takes over. */
  gone(worker: CacheWorker): void {
    for (const claim of this.#claims.gone(worker)) this.#handOver(claim);
  }

  /** Waits until all that goes to disk is there. */
  async stop(): Promise<void> {
    await this.#disk?.idle();
  }

  #claim(asker: Asker<CacheWorker>, place: ValuePlace, asked: CacheClaim): void {
    const kept = this.kept.find(place);
    const going = this.#claims.at(place);
    const age = kept === undefined ? Infinity : this.#options.now() - kept.madeAt;
    const isStale = age >= (asked.ttlMs ?? Infinity);
    if (kept !== undefined && age < (asked.graceMs ?? asked.ttlMs ?? Infinity)) {
      const isNews = asked.held === undefined || kept.madeAt > asked.held;
      const mayRefresh = isStale && going === undefined && this.#options.now() >= kept.restsUntil;
      if (isNews && !isStale) return this.#give(asker, kept);
      if (mayRefresh) this.#claims.begin(place, asked, asker);
      if (isNews) return this.#give(asker, kept, mayRefresh);
      return answer(asker, mayRefresh ? { is: "yours" } : { is: "none" });
    }
    if (going !== undefined && asked.held !== undefined) return answer(asker, { is: "none" });
    if (going !== undefined && going.waiting.length < maxClaims) return void going.waiting.push(asker);
    if (going === undefined && asked.persist === true && asked.held === undefined)
      return void this.#read(this.#claims.begin(place, asked, undefined), asker);
    if (going === undefined && this.#claims.countOf(asker.worker) < maxClaims)
      this.#claims.begin(place, asked, asker);
    answer(asker, { is: "yours" });
  }

  /** Looks on disk; where nothing is there, the first who waits computes. */
  async #read(claim: Claim<CacheWorker>, asker: Asker<CacheWorker>): Promise<void> {
    claim.waiting.push(asker);
    const found = await this.#openDisk()?.read(claim);
    // One past its time is made anew at once: who asks has just been started.
    if (found === undefined || this.#options.now() - found.madeAt >= (claim.asked.ttlMs ?? Infinity))
      return this.#handOver(claim);
    if (!claim.isCleared) this.kept.keep(claim, found, {});
    for (const one of this.#claims.end(claim)) this.#give(one, found);
  }

  #put(asker: Asker<CacheWorker>, limits: Extract<CacheRequest, { do: "put" }>, value: Buffer): void {
    const claim = this.#claims.ownedBy(asker);
    if (claim === undefined) return;
    // Bytes of a frame are a part of something larger.
    const made = { value: Buffer.from(value), madeAt: this.#options.now() };
    const waiting = this.#claims.end(claim);
    if (!claim.isCleared) {
      this.kept.keep(claim, made, limits);
      if (claim.asked.persist === true) this.#openDisk()?.write(claim, made);
    }
    for (const one of waiting) this.#give(one, made);
  }

  #fail(asker: Asker<CacheWorker>, restMs: number): void {
    const claim = this.#claims.ownedBy(asker);
    if (claim === undefined) return;
    const stale = this.kept.find(claim);
    if (stale !== undefined) stale.restsUntil = this.#options.now() + restMs;
    this.#handOver(claim);
  }

  /** The next who waits computes, if anybody does. */
  #handOver(claim: Claim<CacheWorker>): void {
    const [next, ...others] = this.#claims.end(claim);
    if (next === undefined) return;
    const going = this.#claims.at(claim);
    const again = going ?? this.#claims.begin(claim, claim.asked, next);
    if (going === undefined) answer(next, { is: "yours" });
    else again.waiting.push(next);
    again.waiting.push(...others);
  }

  #clear(
    worker: CacheWorker,
    viewer: string,
    { what, name, key }: Extract<CacheRequest, { do: "clear" }>,
  ): void {
    if (what === "data") this.#forget(name === undefined ? undefined : groupOf(name, viewer), key);
    const named = { ...(name === undefined ? {} : { name }), ...(key === undefined ? {} : { key }) };
    const told = { is: "clear" as const, what, ...named, ...(viewer === "" ? {} : { viewer }) };
    for (const other of this.#options.workers()) if (other !== worker) answer({ worker: other, n: 0 }, told);
  }

  #forget(group: string | undefined, key: string | undefined): void {
    this.#claims.clear(
      (place) => (group === undefined || place.group === group) && (key === undefined || place.key === key),
    );
    for (const store of [this.kept, this.#openDisk()]) {
      if (group === undefined) store?.deleteAll();
      else if (key === undefined) store?.deleteGroup(group);
      else store?.delete({ group, key });
    }
  }

  #give(asker: Asker<CacheWorker>, { madeAt, value }: KeptValue, isToRefresh = false): void {
    answer(asker, { is: "value", madeAt, ...(isToRefresh ? { refresh: true } : {}) }, value);
  }

  #openDisk(): DiskValues | undefined {
    return (this.#disk ??= this.#options.disk());
  }
}

function answer({ worker, n }: Asker<CacheWorker>, head: CacheAnswer, value?: Buffer): void {
  worker.tell({ kind: toWorker.cache, n, parts: [JSON.stringify(head), value] });
}

function groupOf(name: string, viewer: string): string {
  return viewer === "" ? name : `${name} ${viewer}`;
}
