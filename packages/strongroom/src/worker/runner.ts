import type { EventMessage } from "../wire/messages.ts";
import type { Json } from "../wire/schema.ts";
import type { App } from "./app.ts";
import { showError } from "./show-error.ts";
import { StrongroomError } from "./errors.ts";
import { diffTrees } from "./patch.ts";
import { Run, RunSignal, within } from "./run.ts";
import type { WorkerSession } from "./session.ts";
import { indexTree, treeNodes } from "./tree.ts";

/** Where a session's output goes. */
export interface Outlet {
  /** Text for the browser; `done` names the event whose run it ends. */
  readonly send: (session: number, text: string, done: number | undefined) => void;
  /** What the gateway keeps: the number of the last event taken, the session without its state, the state if it changed. */
  readonly commit: (session: number, event: number, core: Buffer, state: Buffer | undefined) => void;
  /** A run of the session begins; told in a way that a blocked worker cannot delay. */
  readonly begin: (session: number) => void;
}

/** How long output waits while a run awaits, in ms. */
const flushMs = 16;
/** More reruns in a row than this are a loop. */
const maxReruns = 50;

const noTriggers: ReadonlyMap<string, Json> = new Map();

/** Runs one session's pages: at most one live run, replaced by newer events. */
export class SessionRunner {
  readonly session: WorkerSession;
  readonly #app: App;
  readonly #outlet: Outlet;
  #run: Run | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** The next message carries the whole tree. */
  #whole = true;
  #sentQuery = "";
  #sentPage = "";
  closed = false;

  constructor(session: WorkerSession, app: App, outlet: Outlet) {
    this.session = session;
    this.#app = app;
    this.#outlet = outlet;
    session.pages = app.pages;
    this.#sentQuery = session.query;
    this.#sentPage = session.page;
  }

  /** Runs the page for the first time here. */
  open(): void {
    const { session } = this;
    session.wanted = { event: session.event, triggers: noTriggers, callbacks: [] };
    this.#start();
  }

  /** Takes an event or refuses it; a run that goes on is replaced. */
  take(event: EventMessage): void {
    const accepted = this.session.accept(event);
    if (!accepted.ok) {
      const at = accepted.at === undefined ? {} : { at: accepted.at };
      this.#send({ t: "refused", n: event.n, code: accepted.code, ...at }, undefined);
      this.#commit();
      return;
    }
    if (event.query !== undefined) this.#sentQuery = event.query;
    this.#start();
  }

  /** Sends the whole tree, to a browser that shows another one. */
  resend(): void {
    this.#whole = true;
    if (this.#run === undefined) this.#flush(undefined);
  }

  stop(): void {
    this.#run?.end(new RunSignal("stop"));
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.#timer);
    this.#run?.end(new RunSignal("replaced"));
  }

  #start(): void {
    this.#run?.end(new RunSignal("replaced"));
    void this.#loop();
  }

  async #loop(): Promise<void> {
    const { session } = this;
    for (let reruns = 0; session.wanted !== undefined && !this.closed; reruns++) {
      const wanted = session.wanted;
      session.wanted = undefined;
      const run = new Run(session, { query: session.query, triggers: wanted.triggers });
      this.#run = run;
      this.#outlet.begin(session.number);
      this.#armFlush(run);
      const end = await this.#execute(run, wanted.callbacks, reruns);
      if (this.#run !== run) return;
      clearTimeout(this.#timer);
      if (end === "replaced") return;
      this.#finish(run, end, wanted.event);
    }
  }

  /** Runs callbacks, then the page; says how it ended. */
  async #execute(run: Run, callbacks: readonly (() => unknown)[], reruns: number): Promise<RunSignal["kind"] | "complete" | "error"> {
    const { session } = this;
    let end: RunSignal["kind"] | "complete" | "error" = "complete";
    try {
      if (reruns > maxReruns) throw new StrongroomError("ERR_RERUN_LOOP", `st.rerun() was called ${maxReruns} times in a row; call it only after something changed.`);
      const body = this.#app.page(session.page);
      const result = within({ run, container: run.main }, () => (callbacks.length === 0 ? body() : afterCallbacks(callbacks, body)));
      if (result !== undefined) await result;
    } catch (error) {
      const signal = error instanceof RunSignal ? error : run.over;
      if (signal === undefined) {
        end = "error";
        this.#app.reportError(error);
        showError(run, error, session.services.options);
      } else {
        end = signal.kind;
        if (signal.kind === "switch" && signal.page !== undefined) session.turnTo(signal.page);
      }
    }
    if (run.over?.kind === "replaced") end = "replaced";
    return end;
  }

  #finish(run: Run, end: RunSignal["kind"] | "complete" | "error", event: number): void {
    const { session } = this;
    session.query = run.query;
    if (end === "rerun" || end === "switch") {
      session.wanted ??= { event, triggers: noTriggers, callbacks: [] };
      return;
    }
    if (end === "complete") this.#forgetUnshown(run);
    if (run.submitted.size > 0) run.clearSubmitted();
    session.event = Math.max(session.event, event);
    this.#flush(event, run);
    run.end(new RunSignal("stop"));
    this.#run = undefined;
    this.#commit();
  }

  #forgetUnshown(run: Run): void {
    const { widgets } = this.session;
    if (widgets.size === run.shown.size) return;
    for (const id of widgets.keys()) if (!run.shown.has(id)) widgets.delete(id);
  }

  #armFlush(run: Run): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#run !== run || run.over !== undefined) return;
      if (run.dirty) this.#flush(undefined, run);
      this.#armFlush(run);
    }, flushMs);
  }

  /** Sends what changed; `done` when the run has ended, else what it has shown so far over what stood before. */
  #flush(done: number | undefined, run: Run | undefined = this.#run): void {
    const { session } = this;
    if (run !== undefined) {
      const next = indexTree(run.roots(), done === undefined ? session.sent : undefined);
      const ops = this.#whole ? undefined : diffTrees(session.sent, next);
      session.sent = next;
      run.dirty = false;
      if (ops !== undefined) return this.#sendOps(ops, done, run);
    }
    session.treeNumber++;
    this.#whole = false;
    this.#send({ t: "tree", tree: session.treeNumber, nodes: treeNodes(session.sent), ...this.#location(run, true) }, done);
  }

  #sendOps(ops: ReturnType<typeof diffTrees>, done: number | undefined, run: Run): void {
    if (ops.length === 0 && done === undefined) return;
    if (ops.length > 0) this.session.treeNumber++;
    this.#send({ t: "patch", tree: this.session.treeNumber, ops, ...this.#location(run, false) }, done);
  }

  /** Query and page, when they are not what the browser knows. */
  #location(run: Run | undefined, always: boolean): { query?: string; page?: string } {
    const { session } = this;
    const query = run?.query ?? session.query;
    const location: { query?: string; page?: string } = {};
    if (always || query !== this.#sentQuery) location.query = this.#sentQuery = query;
    if (always || session.page !== this.#sentPage) location.page = this.#sentPage = session.page;
    return location;
  }

  #send(message: object, done: number | undefined): void {
    if (this.closed) return;
    const text = JSON.stringify(done === undefined ? message : { ...message, done });
    this.#outlet.send(this.session.number, text, done);
  }

  #commit(): void {
    const { session } = this;
    if (this.closed) return;
    const state = session.state.dump();
    const most = session.services.options.maxStateBytes;
    if (state !== undefined && state.bytes.length > most) {
      const [heaviest] = state.weights();
      this.#send({ t: "notice", code: "state-too-large", detail: `${heaviest?.[0] ?? ""} (${heaviest?.[1] ?? 0} bytes)` }, undefined);
      this.#outlet.commit(session.number, session.event, session.dumpCore(), undefined);
      return;
    }
    this.#outlet.commit(session.number, session.event, session.dumpCore(), state?.bytes);
  }
}

async function afterCallbacks(callbacks: readonly (() => unknown)[], body: () => unknown): Promise<void> {
  for (const callback of callbacks) {
    try {
      await callback();
    } catch (error) {
      // A rerun asked for by a callback is what happens next anyway.
      if (!(error instanceof RunSignal) || error.kind !== "rerun") throw error;
    }
  }
  await body();
}
