import type { EventMessage } from "../wire/messages.ts";
import type { Json } from "../wire/schema.ts";
import type { App } from "./app.ts";
import { endSession } from "./cache-shelves.ts";
import { StrongroomError } from "./errors.ts";
import { Painter } from "./painter.ts";
import { close, replace, Run, RunSignal, within, type RunEnd } from "./run.ts";
import type { WorkerSession } from "./session.ts";
import { showError } from "./show-error.ts";

/** What the gateway keeps of a session. */
export interface Commit {
  /** Number of the last event that was taken. */
  readonly event: number;
  /** The session without its state. */
  readonly core: Buffer;
  /** The state, if it has changed. */
  readonly state: Buffer | undefined;
}

/** Where a session's output goes. */
export interface Outlet {
  /** Text for the browser; `done` names the event whose run it ends. */
  readonly send: (session: number, text: string, done: number | undefined) => void;
  readonly commit: (session: number, commit: Commit) => void;
  /** A run of the session begins; told in a way that a blocked worker cannot delay. */
  readonly begin: (session: number) => void;
  /** A run has ended, and what it has shown stands. */
  readonly ended: (session: number) => void;
  /** What was sent so far goes out now: what comes next takes a while. */
  readonly push: () => void;
}

type Outcome = RunEnd | "error";
type Callbacks = readonly (() => unknown)[];

/** How long output waits while a run awaits, in ms. */
const flushMs = 16;
/** More reruns in a row than this are a loop. */
const maxReruns = 50;
/** More events than these do not wait for a run's end. */
const maxHeld = 200;
/** States that take longer to write than an answer may wait, in bytes. */
const heavyStateBytes = 32_768;

const noTriggers: ReadonlyMap<string, Json> = new Map();
const haltedSignal = new RunSignal("halted");

/** Runs one session's pages: at most one live run, replaced by newer events. */
export class SessionRunner {
  readonly session: WorkerSession;
  readonly #app: App;
  readonly #outlet: Outlet;
  readonly #painter: Painter;
  #run: Run | undefined;
  #event = 0;
  #reruns = 0;
  /** What asked for the last of them. */
  #askedLast: RunSignal | undefined;
  /** Callbacks that the live run has not come to. */
  #callbacks: Callbacks = [];
  /** The rerun or switch that a callback asked for. */
  #asked: RunSignal | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Events of an earlier worker's page, for widgets that the runs here have not come to yet. */
  #held: EventMessage[] = [];
  /** Number of the last tree of that page. */
  readonly #earlierTree: number;
  #stateBytes = 0;
  closed = false;

  constructor(session: WorkerSession, app: App, outlet: Outlet) {
    this.session = session;
    this.#app = app;
    this.#outlet = outlet;
    this.#earlierTree = session.treeNumber;
    this.#painter = new Painter(session, (text, done) => {
      if (!this.closed) outlet.send(session.number, text, done);
    });
  }

  /** Runs the page from the top, without a click. */
  open(): void {
    const { session } = this;
    session.wanted = { event: session.event, triggers: noTriggers, callbacks: [] };
    this.#start();
  }

  /** Runs the page again with the answers that it has, for a viewer who comes back to it; a run that goes on will do. */
  rerun(): void {
    if (this.closed || this.#run !== undefined) return;
    this.#outlet.push();
    this.open();
  }

  /** Takes an event or refuses it; a run that goes on is replaced. */
  take(event: EventMessage): void {
    const { session } = this;
    if (this.closed || event.n <= session.event) return;
    if (this.#mustWait(event)) return void this.#held.push(event);
    const left =
      this.#run === undefined
        ? undefined
        : { triggers: this.#run.leftTriggers(), callbacks: this.#callbacks };
    const accepted = session.accept(event, left);
    if (!accepted.ok) {
      const { code, at } = accepted;
      this.#painter.refuse({ n: event.n, code, ...(at === undefined ? {} : { at }) }, this.#run);
      if (this.#run === undefined) this.#commit();
      return;
    }
    if (event.query !== undefined) this.#painter.knowsQuery(event.query);
    this.#start();
  }

  /**
   * A viewer has answered a widget on the page of an earlier worker, and sends it again to this one, whose run has yet
   * to come to it. Later events wait behind it.
   */
  #mustWait(event: EventMessage): boolean {
    if (this.#run === undefined || this.#held.length >= maxHeld) return false;
    return this.#held.length > 0 || (event.tree <= this.#earlierTree && !this.session.knows(event));
  }

  /** Sends the whole tree, to a browser that shows another one. */
  resend(): void {
    this.#painter.resend(this.#run);
  }

  /** True while a run goes on. */
  get isBusy(): boolean {
    return this.#run !== undefined && !this.closed;
  }

  /** Ends the run for its viewer, at once, whatever it waits for. */
  stop(): void {
    const run = this.#run;
    if (run === undefined) return;
    run.end(haltedSignal);
    this.#finish(run, "halted");
  }

  close(): void {
    this.closed = true;
    this.session.isClosed = true;
    clearTimeout(this.#timer);
    if (this.#run !== undefined) replace(this.#run);
    endSession(this.session);
  }

  #start(): void {
    if (this.#run !== undefined) replace(this.#run);
    this.#reruns = 0;
    this.#next();
  }

  /** Runs what is wanted, again and again while runs ask for another. */
  #next(): void {
    const { session } = this;
    while (session.wanted !== undefined && !this.closed) {
      const { event, triggers, callbacks } = session.wanted;
      session.wanted = undefined;
      const run = new Run(session, this.#painter.shown(), triggers);
      this.#run = run;
      this.#event = event;
      this.#painter.taken = event;
      this.#callbacks = callbacks;
      this.#asked = undefined;
      this.#outlet.begin(session.number);
      const result = this.#call(run);
      if (result instanceof Promise) {
        this.#armFlush(run);
        void this.#wait(run, result);
        return;
      }
      this.#finish(run, result);
    }
  }

  /** The script's synchronous part: how it ended, or the promise of its end. */
  #call(run: Run): Outcome | Promise<unknown> {
    try {
      const { session } = this;
      if (this.#reruns > maxReruns) {
        throw rerunLoop(this.#askedLast);
      }
      const body = this.#app.page(session.page, session.pages);
      const script = (): unknown => {
        run.begun = true;
        return body();
      };
      const result = within(
        { run, container: run.canvas.main },
        this.#callbacks.length === 0 ? script : () => this.#callThen(run, script),
      );
      return result instanceof Promise ? result : (run.over?.kind ?? "ended");
    } catch (error) {
      return this.#outcomeOf(run, error);
    }
  }

  async #wait(run: Run, result: Promise<unknown>): Promise<void> {
    let outcome: Outcome;
    try {
      await result;
      outcome = run.over?.kind ?? "ended";
    } catch (error) {
      outcome = this.#outcomeOf(run, error);
    }
    if (this.#run !== run) return;
    this.#finish(run, outcome);
    this.#next();
  }

  #outcomeOf(run: Run, error: unknown): Outcome {
    if (run.over !== undefined) return run.over.kind;
    this.#app.reportError(error, run.thrown);
    showError(run, error, this.session.services.options);
    return "error";
  }

  /** Callbacks in the order of the page, then the script. */
  #callThen(run: Run, script: () => unknown): unknown {
    for (let callback = this.#callbacks[0]; callback !== undefined; callback = this.#callbacks[0]) {
      this.#callbacks = this.#callbacks.slice(1);
      let result: unknown;
      try {
        result = callback();
      } catch (error) {
        if (!this.#hasAsked(run)) throw error;
      }
      if (result instanceof Promise) return this.#waitThen(run, result, script);
      if (!this.#hasAsked(run)) run.check();
    }
    const asked = this.#asked;
    this.#asked = undefined;
    if (asked?.kind === "switch") return run.end(asked);
    // What a rerun would do: the page from the top, without the click.
    if (asked !== undefined) run.dropTriggers();
    return script();
  }

  async #waitThen(run: Run, result: Promise<unknown>, script: () => unknown): Promise<unknown> {
    try {
      await result;
    } catch (error) {
      if (!this.#hasAsked(run)) throw error;
    }
    if (!this.#hasAsked(run)) run.check();
    return this.#callThen(run, script);
  }

  /** In a callback, a rerun or switch ends that callback alone: it is noted, and the others still run. */
  #hasAsked(run: Run): boolean {
    const { over } = run;
    if (over?.kind !== "rerun" && over?.kind !== "switch") return false;
    if (this.#asked?.kind !== "switch") this.#asked = over;
    run.resume();
    return true;
  }

  #finish(run: Run, outcome: Outcome): void {
    const { session } = this;
    clearTimeout(this.#timer);
    if (outcome === "replaced") return;
    if (outcome === "rerun" || outcome === "switch") {
      if (run.over?.to !== undefined) session.turnTo(run.over.to.page, run.over.to.query);
      this.#reruns++;
      this.#askedLast = run.over;
      session.wanted ??= { event: this.#event, triggers: noTriggers, callbacks: this.#callbacks };
      return;
    }
    if (outcome === "ended") this.#forgetUnshown(run);
    run.forms.clear(session);
    session.event = Math.max(session.event, this.#event);
    // What the viewer cut short, or a callback kept from running, leaves the rest of the page as it stood.
    const keepsRest = outcome === "halted" || !run.begun;
    const problem = this.#painter.finish(run, this.#event, keepsRest);
    if (problem !== undefined) this.#app.reportError(problem);
    if (!keepsRest) this.#outlet.ended(session.number);
    this.#commit(run);
    close(run);
    this.#run = undefined;
    this.#release();
  }

  /** Takes the events that waited for the run's end. */
  #release(): void {
    const held = this.#held;
    this.#held = [];
    for (const event of held) this.take(event);
  }

  #forgetUnshown({ asked }: Run): void {
    const { session } = this;
    const { widgets, keyed, memory } = session;
    if (widgets.size + keyed.size === 0) return;
    const shown = new Set(asked);
    session.query = memory.unbind(shown, session.query);
    memory.forgetUnshown(shown, widgets);
    for (const [key, { id }] of keyed) if (!shown.has(id) && !memory.kept.has(id)) keyed.delete(key);
  }

  #armFlush(run: Run): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#run !== run || run.over !== undefined) return;
      if (run.dirty) this.#painter.flush(run);
      this.#armFlush(run);
    }, flushMs);
  }

  #commit(run?: Run): void {
    const { session } = this;
    if (this.closed) return;
    if (this.#stateBytes > heavyStateBytes) this.#outlet.push();
    const state = this.#dumpState(run);
    this.#outlet.commit(session.number, { event: session.event, core: session.dumpCore(), state });
  }

  /** The state as bytes, if it changed and can be restored. */
  #dumpState(run: Run | undefined): Buffer | undefined {
    const { state, services } = this.session;
    try {
      const dump = state.dump(services.options.maxStateBytes);
      if (dump === undefined) return undefined;
      this.#stateBytes = dump.weight;
      if (dump.heaviest !== undefined) this.#tellOfWeight(dump.heaviest);
      return dump.bytes;
    } catch (error) {
      // A value was plain when it was set, and has become something else since.
      this.#app.reportError(error);
      if (run === undefined) return undefined;
      showError(run, error, services.options);
      this.#painter.finish(run, this.#event, false);
      return undefined;
    }
  }

  /** The viewer sees it in the page; the author, whose page that need not be, in the terminal. */
  #tellOfWeight(heaviest: string): void {
    this.#painter.notice("state-too-large", heaviest);
    console.warn(
      `st.sessionState is larger than session.maxStateBytes, and would not survive a restart: ${heaviest}`,
    );
  }
}

/** The error of a script that asks for itself without end, with the place where it asked last. */
function rerunLoop(asked: RunSignal | undefined): StrongroomError {
  const call = asked?.kind === "switch" ? "st.switchPage()" : "st.rerun()";
  const error = new StrongroomError(
    "ERR_RERUN_LOOP",
    `${call} was called ${maxReruns} times in a row; call it only after something changed.`,
  );
  const frames = /\n +at [^]*/.exec(asked?.stack ?? "");
  if (frames !== null) error.stack = `${error.name}: ${error.message}${frames[0]}`;
  return error;
}
