import { readCaptured } from "./cache-captured.ts";
import { functionName, keyOfArguments, keyOfChoice, withCaptured, type CallKey } from "./cache-key.ts";
import { CacheMaker, restMs, type Call } from "./cache-maker.ts";
import type { CacheSettings } from "./cache-settings.ts";
import { nameOnShelf, shelvesOf, type Kept, type Shelves } from "./cache-shelves.ts";
import { showAgain } from "./cache-shown.ts";
import { showWaiting } from "./cache-spinner.ts";
import { unpack, type Computation, type Ended, type Made, type Outcome } from "./cache-values.ts";
import { claimsOf } from "./cache-claims.ts";
import { badOption, StrongroomError } from "./errors.ts";
import { place, RunSignal, type RunSession, type Scope } from "./run.ts";

/** Where another worker makes a value anew, it is asked again only after so long, in ms. */
const askAgainMs = 1_000;

/** One cached function: finds what is kept for a call, waits for what is being made, or makes it. */
export class CachedFunction {
  readonly #settings: CacheSettings;
  readonly #maker: CacheMaker;

  constructor(settings: CacheSettings) {
    this.#settings = settings;
    this.#maker = new CacheMaker(settings);
  }

  call(args: readonly unknown[]): unknown {
    return this.#find(this.#callOf(place(), args));
  }

  #find(call: Call): unknown {
    const kept = call.shelves.find(call.shelf, call.key);
    if (kept === undefined) return this.#miss(call);
    if (!this.#holds(kept, call)) return this.#forget(kept, call);
    const { name, validate } = this.#settings;
    if (validate === undefined) return this.#hit(kept, call);
    const isValid = validate(kept.value);
    if (!(isValid instanceof Promise))
      return isValid === true ? this.#hit(kept, call) : this.#forget(kept, call);
    if (!kept.isAsync) throw badOption(name, "validate", "sync, as the function is");
    return isValid.then((valid) => (valid === true ? this.#hit(kept, call) : this.#forget(kept, call)));
  }

  /** Forgets the value of these arguments, or without any all that the caller could read. */
  clear(args: readonly unknown[]): void {
    const { session } = place().run;
    const { shelf, scope } = this.#settings;
    const shelves = shelvesOf(session.services);
    const name = this.#name(session, shelves);
    const key = args.length === 0 ? undefined : this.#keyOf(args, session).key;
    shelves.clear(this.#shelfName(name, session), key);
    if (scope === "session") return;
    const what = { what: shelf.kind, name, ...(key === undefined ? {} : { key }) };
    session.services.cache?.clear(scope === "viewer" ? session.number : 0, what);
  }

  #callOf(caller: Scope, args: readonly unknown[]): Call {
    const { session } = caller.run;
    this.#checkKnown(session);
    const shelves = shelvesOf(session.services);
    const name = this.#name(session, shelves);
    const shelfName = this.#shelfName(name, session);
    if (this.#settings.scope === "session") session.local.add(shelfName);
    return {
      ...this.#keyOf(args, session),
      caller: { run: caller.run, container: caller.container },
      session,
      shelves,
      shelf: shelves.open(shelfName, this.#settings.shelf),
      name,
    };
  }

  /** In an app, the compiler has seen each cached function; tests of an app's parts run without it. */
  #checkKnown({ services }: RunSession): void {
    const { captured, name } = this.#settings;
    if (captured !== undefined || services.isCompiled !== true) return;
    throw new StrongroomError(
      "ERR_CACHE_ARGUMENT",
      `st.${name} was called by another name, so it is not known what its function reads. Write \`st.${name}(…)\`.`,
    );
  }

  #name({ services }: RunSession, { names }: Shelves): string {
    const { name: kind, place: where } = this.#settings;
    const id = `${kind} ${where}`;
    let name = names.get(id);
    if (name === undefined)
      names.set(id, (name = functionName(kind, where, services.cache?.versionOf(where) ?? "")));
    return name;
  }

  #shelfName(name: string, session: RunSession): string {
    const { scope } = this.#settings;
    if (scope === "viewer") return nameOnShelf(name, { viewer: session.viewer });
    return scope === "session" ? nameOnShelf(name, { session: session.number }) : name;
  }

  #keyOf(args: readonly unknown[], session: RunSession): Pick<Call, "key" | "args" | "captured"> {
    const { name, key: choose, captured, scope } = this.#settings;
    const { key: ofArgs, args: seen }: CallKey =
      choose === undefined ? keyOfArguments(name, args) : keyOfChoice(name, choose(...args), args);
    // What was made with rights that a viewer has no more is not theirs any more.
    const key = scope === "global" ? ofArgs : withCaptured(ofArgs, claimsOf(session.user));
    if (captured === undefined || captured.length === 0) return { key, args: seen, captured: undefined };
    const now = readCaptured(name, captured);
    return { key: withCaptured(key, now.bytes), args: seen, captured: now };
  }

  /** True while a value is young enough; past its time it may be handed out while it is made anew. */
  #holds(kept: Kept, call: Call): boolean {
    const { ttlMs, graceMs } = this.#settings;
    if (ttlMs === Infinity) return true;
    const now = Date.now();
    const age = now - kept.madeAt;
    if (age < ttlMs) return true;
    if (age >= graceMs) return false;
    if (now >= kept.restsUntil && !call.shelf.computing.has(call.key))
      this.#begin(call, this.#maker.remake(call, kept));
    return true;
  }

  #hit(kept: Kept, { caller }: Call): unknown {
    const value = this.#handOut(kept, caller);
    return kept.isAsync ? Promise.resolve(value) : value;
  }

  #forget(kept: Kept, call: Call): unknown {
    call.shelves.drop(kept);
    return this.#again(call);
  }

  /** Looks anew: meanwhile another may have made it. */
  #again(call: Call): unknown {
    return this.#find({ ...call, shelf: call.shelves.open(call.shelf.name, call.shelf.options) });
  }

  #miss(call: Call): unknown {
    const going = call.shelf.computing.get(call.key);
    if (going !== undefined) return this.#join(going, call);
    const outcome = this.#maker.make(call);
    if (outcome instanceof Promise) return this.#join(this.#begin(call, outcome), call);
    if (outcome.is === "made") call.shelves.keep(call.shelf, call.key, outcome.made);
    return this.#deliver(outcome, call.caller);
  }

  /** Waits for a computation's end, and keeps what it makes unless that is cleared meanwhile. */
  #begin(call: Call, outcome: Promise<Outcome>): Computation {
    const computation = { outcome, session: call.session };
    call.shelf.computing.set(call.key, computation);
    void outcome.then((end) => {
      if (call.shelf.computing.get(call.key) !== computation) {
        // Who waited for it has it, unless the session it was made for is gone.
        if (end.is === "made" && call.session.isClosed) call.shelves.release(call.shelf, end.made);
        return;
      }
      call.shelf.computing.delete(call.key);
      this.#end(call, end);
    });
    return computation;
  }

  #end(call: Call, outcome: Outcome): void {
    const { shelves, shelf, key, session } = call;
    if (outcome.is === "made") {
      shelves.keep(shelf, key, outcome.made);
      if (outcome.anew !== undefined) this.#begin(call, outcome.anew());
      return;
    }
    const stale = shelf.kept.get(key);
    if (stale === undefined) return;
    // It was made anew in the background, where nobody hears of an error.
    if (outcome.is === "failed" && !session.isClosed) session.services.report(outcome.error);
    const waitMs = outcome.is === "none" ? askAgainMs : session.isClosed ? 0 : restMs;
    stale.restsUntil = Date.now() + waitMs;
  }

  async #join({ outcome, session }: Computation, call: Call): Promise<unknown> {
    const { caller } = call;
    const { spinner } = this.#settings;
    const isOutermost = spinner !== undefined && !caller.run.isCached;
    const end = await (isOutermost ? showWaiting(caller, spinner, outcome) : outcome);
    const { over } = caller.run;
    if (over !== undefined && over.kind !== "ended") throw over;
    // Who began it has left, and was cut off: another takes over.
    const isCutOff = end.is === "failed" && session.isClosed && !call.session.isClosed;
    if (isCutOff || end.is === "none") return this.#again(call);
    return this.#deliver(end, caller);
  }

  #deliver(outcome: Ended, caller: Scope): unknown {
    if (outcome.is === "made") return this.#handOut(outcome.made, caller);
    const { error, shown } = outcome;
    if (shown !== undefined && caller.run.over === undefined) showAgain(caller, shown);
    // A rerun or a stop that the function asked for is its caller's.
    if (error instanceof RunSignal) caller.run.end(new RunSignal(error.kind, error.to));
    throw caller.run.over ?? error;
  }

  #handOut({ value, scalar, shown }: Made, caller: Scope): unknown {
    // What `st.cacheData` keeps is bytes of its own writing.
    const copy = scalar === undefined ? unpack(value as Uint8Array) : { value: scalar.value, shown };
    if (copy.shown !== undefined && caller.run.over === undefined) showAgain(caller, copy.shown);
    return copy.value;
  }
}
