import { setImmediate } from "node:timers/promises";
import type { ClaimAnswer, SharedValues, Ticket } from "./cache-client.ts";
import type { Kept, Shelf, Shelves } from "./cache-shelves.ts";
import type { CacheSettings } from "./cache-settings.ts";
import { madeData, madeThing, receivedData, type Ended, type Made, type Outcome } from "./cache-values.ts";
import { boundTo, type CapturedNow } from "./cache-captured.ts";
import { CacheWork } from "./cache-view.ts";
import { badOption } from "./errors.ts";
import type { RunSession, Scope } from "./run.ts";

/** One call of a cached function. */
export interface Call {
  readonly caller: Scope;
  readonly session: RunSession;
  readonly shelves: Shelves;
  readonly shelf: Shelf;
  /** The function's name, which all workers know. */
  readonly name: string;
  readonly key: string;
  readonly args: () => readonly unknown[];
  /** What the function reads from around it. */
  readonly captured: CapturedNow | undefined;
}

/** A value that could not be made anew in the background is left alone for so long, in ms. */
export const restMs = 60_000;

/** Makes the values of one cached function: here, or by waiting for the worker that does. */
export class CacheMaker {
  readonly #settings: CacheSettings;

  constructor(settings: CacheSettings) {
    this.#settings = settings;
  }

  /** Makes a value, or waits for whoever does. */
  make(call: Call): Ended | Promise<Ended> {
    const shared = this.#sharedOf(call);
    const { place } = this.#settings;
    const compute = this.#computeOf(call);
    const { asynchronous } = call.shelves;
    const isKnownAsync = isAsyncFunction(compute) || asynchronous.has(place);
    if (shared !== undefined && isKnownAsync) return this.#obtain(call, shared);
    const outcome = this.#attempt(call);
    if (!(outcome instanceof Promise)) return outcome;
    asynchronous.add(place);
    return shared === undefined ? outcome : this.#share(outcome, this.#claim(call, shared));
  }

  /** Makes a value anew in the background, unless somebody else does. */
  async remake(call: Call, kept: Kept): Promise<Outcome> {
    const shared = kept.isAsync ? this.#sharedOf(call) : undefined;
    if (shared === undefined) {
      await setImmediate(); // the page comes first
      return this.#attempt(call);
    }
    const ticket = this.#claim(call, shared, kept.madeAt);
    const answer = await ticket.answer;
    if (answer.is === "yours") return this.#computeFor(call, ticket, restMs);
    return (answer.is === "value" ? received(answer) : undefined) ?? { is: "none" };
  }

  /** The values that all workers share, for functions that take part. */
  #sharedOf({ session }: Call): SharedValues | undefined {
    const { name, scope } = this.#settings;
    return name === "cacheData" && scope !== "session" ? session.services.cache : undefined;
  }

  #claim({ session, name, key }: Call, shared: SharedValues, held?: number): Ticket {
    const { scope, ttlMs, graceMs, persist } = this.#settings;
    return shared.claim(scope === "viewer" ? session.number : 0, {
      name,
      key,
      ...(Number.isFinite(ttlMs) ? { ttlMs } : {}),
      ...(graceMs > ttlMs ? { graceMs } : {}),
      ...(held === undefined ? {} : { held }),
      ...(persist ? { persist } : {}),
    });
  }

  async #obtain(call: Call, shared: SharedValues): Promise<Ended> {
    const ticket = this.#claim(call, shared);
    const answer = await ticket.answer;
    if (answer.is !== "value") return this.#computeFor(call, ticket, 0);
    const outcome = received(answer);
    if (outcome === undefined) return this.#attempt(call);
    if (!answer.refresh) return outcome;
    return { ...outcome, anew: () => this.#computeFor(call, ticket, restMs) };
  }

  async #computeFor(call: Call, ticket: Ticket, restAfterMs: number): Promise<Ended> {
    const outcome = await this.#attempt(call);
    this.#tell(ticket, outcome, call.session.isClosed ? 0 : restAfterMs);
    return outcome;
  }

  /** Offers to others what was begun before it was known to be a promise. */
  async #share(outcome: Promise<Ended>, ticket: Ticket): Promise<Ended> {
    const end = await outcome;
    void ticket.answer.then((answer) => {
      if (answer.is === "yours" || (answer.is === "value" && answer.refresh)) this.#tell(ticket, end, 0);
    });
    return end;
  }

  #tell(ticket: Ticket, outcome: Ended, restAfterMs: number): void {
    // What `st.cacheData` has made is bytes.
    if (outcome.is === "made") ticket.put(outcome.made.value as Uint8Array, this.#settings.shelf);
    else ticket.fail(restAfterMs);
  }

  #computeOf({ captured }: Call): CacheSettings["compute"] {
    return boundTo(this.#settings.compute, this.#settings.captured ?? [], captured);
  }

  #attempt(call: Call): Ended | Promise<Ended> {
    const { caller, args, captured } = call;
    const { scope } = this.#settings;
    const work = new CacheWork(caller.run, scope);
    const fail = (error: unknown): Ended => ({ is: "failed", error, shown: work.end() });
    try {
      // In the background, time has gone by since the call.
      captured?.checkUnchanged();
      const compute = this.#computeOf(call);
      const result = work.call(() => compute(...args()));
      if (!isPromise(result)) return this.#made(work, { value: result, isAsync: false });
      return Promise.resolve(result).then(
        (value) => this.#made(work, { value, isAsync: true, captured }),
        fail,
      );
    } catch (error) {
      return fail(error);
    }
  }

  #made(work: CacheWork, { value, isAsync, captured }: Result): Ended {
    const { name, persist } = this.#settings;
    const shown = work.end();
    const make: (value: unknown, shown: Made["shown"], isAsync: boolean) => Made =
      name === "cacheData" ? madeData : madeThing;
    try {
      captured?.checkUnchanged();
      if (persist && !isAsync)
        throw badOption(name, "persist", "given with an async function: disks take their time");
      return { is: "made", made: make(value, shown, isAsync) };
    } catch (error) {
      return { is: "failed", error, shown };
    }
  }
}

/** What a function has answered. */
interface Result {
  readonly value: unknown;
  readonly isAsync: boolean;
  /** What it read from around it, to be looked at again after a while. */
  readonly captured?: CapturedNow | undefined;
}

/** A value that another worker made; nothing where its bytes say nothing. */
function received({
  bytes,
  madeAt,
}: Extract<ClaimAnswer, { is: "value" }>): (Ended & { is: "made" }) | undefined {
  try {
    return { is: "made", made: receivedData(bytes, madeAt) };
  } catch {
    return undefined; // a value can always be made again
  }
}

function isAsyncFunction(compute: object): boolean {
  return Object.prototype.toString.call(compute) === "[object AsyncFunction]";
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
