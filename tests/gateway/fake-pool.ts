import type { FileFact } from "../../packages/strongroom/src/wire/upload.ts";
import type {
  LostWhy,
  Opening,
  PageLink,
  Placed,
  Pool,
  SessionListener,
} from "../../packages/strongroom/src/gateway/supervise/pool-types.ts";

interface Core {
  readonly event: number;
  readonly tree: number;
  readonly page: string;
  readonly query: string;
  readonly values: Readonly<Record<string, unknown>>;
}

interface EventText {
  readonly n: number;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly trigger?: { readonly id: string };
  readonly page?: string;
  readonly query?: string;
}

/** A worker in this process: it shows what it was told, and counts clicks in its state. */
export class FakePlaced implements Placed {
  readonly opening: Opening;
  readonly listener: SessionListener;
  readonly #pool: FakePool;
  readonly events: EventText[] = [];
  resends = 0;
  reruns = 0;
  stops = 0;
  isClosed = false;
  sent = 0;
  /** Events wait for another session's run: none is given to the worker. */
  isBehind = false;
  /** How many events have come to wait so. */
  waiting = 0;
  clicks: number;
  #core: Core;

  constructor(pool: FakePool, listener: SessionListener, opening: Opening) {
    this.#pool = pool;
    this.listener = listener;
    this.opening = opening;
    const { core, state, page, query, treeAtLeast } = opening;
    const fresh: Core = { event: 0, tree: 0, page, query, values: {} };
    this.#core = core === undefined ? fresh : (JSON.parse(core.toString()) as Core);
    this.#core = { ...this.#core, tree: Math.max(this.#core.tree, treeAtLeast) };
    this.clicks = state === undefined ? 0 : Number(state.toString());
  }

  get values(): Core["values"] {
    return this.#core.values;
  }

  open(): void {
    if (!this.#pool.hangs) this.run("tree", this.#core.event);
  }

  event(n: number, text: string): void {
    if (this.isBehind) this.waiting++;
    if (this.isClosed || this.isBehind) return;
    this.sent = n;
    const event = JSON.parse(text) as EventText;
    this.events.push(event);
    if (this.#pool.hangs) return;
    this.take(event);
    this.run("patch", n);
  }

  take({ n, values, trigger, page, query }: EventText): void {
    this.#core = {
      ...this.#core,
      event: n,
      values: { ...this.#core.values, ...values },
      page: page ?? this.#core.page,
      query: query ?? this.#core.query,
    };
    if (trigger !== undefined) this.clicks++;
  }

  /** Runs the page: sends a message, `done` when the run has ended, and then a commit. */
  run(kind: "tree" | "patch", done: number | undefined): void {
    const tree = this.#core.tree + 1;
    this.#core = { ...this.#core, tree };
    const { page, query } = this.#core;
    const text = `${JSON.stringify(this.values)} ${this.clicks}`;
    const whole = {
      t: "tree",
      tree,
      nodes: [
        ["main", "", "main", {}, null],
        ["x", "main", "text", { text }, null],
      ],
      page,
      query,
    };
    const small = { t: "patch", tree, ops: [["=", "x", { text }, []]], page };
    this.say({ ...(kind === "tree" ? whole : small), ...(done === undefined ? {} : { done }) }, done);
    if (done !== undefined) this.commit();
  }

  say(message: object, done?: number): void {
    this.listener.text(message as Parameters<SessionListener["text"]>[0], JSON.stringify(message), done);
  }

  commit(): void {
    this.listener.commit(
      this.#core.event,
      Buffer.from(JSON.stringify(this.#core)),
      Buffer.from(String(this.clicks)),
    );
  }

  resend(): void {
    this.resends++;
    if (!this.isClosed) this.run("tree", undefined);
  }

  rerun(): void {
    this.reruns++;
    if (!this.isClosed) this.run("patch", this.#core.event);
  }

  /** Files of which the worker was told. */
  readonly files: FileFact[] = [];

  file(fact: FileFact): void {
    this.files.push(fact);
  }

  stop(): void {
    this.stops++;
  }

  close(): void {
    this.isClosed = true;
  }

  lose(why: LostWhy, offender = false, place?: string): void {
    this.isClosed = true;
    this.listener.lost(why, offender, place);
  }
}

/** The pool's place in tests of the gateway: workers without processes. */
export class FakePool implements Pool {
  starting: Promise<void> = Promise.resolve();
  /** How often somebody has waited for the start. */
  waits = 0;
  pages: PageLink[] = [
    { path: "", title: "Home", icon: "" },
    { path: "orders", title: "Orders", icon: "" },
  ];
  falls = 0;
  problem: string | undefined;
  readonly sandbox = "none: a test";
  readonly placed: FakePlaced[] = [];
  /** Events and openings are taken, and never answered. */
  hangs = false;
  /** Nobody is let in until this is called. */
  #door: PromiseWithResolvers<void> | undefined;
  readonly #listeners: ((problem: string | undefined) => void)[] = [];

  async place(listener: SessionListener, opening: Opening): Promise<Placed> {
    await this.#door?.promise;
    const placed = new FakePlaced(this, listener, opening);
    this.placed.push(placed);
    queueMicrotask(() => placed.open());
    return placed;
  }

  readonly onProblem = (listener: (problem: string | undefined) => void): void => {
    this.#listeners.push(listener);
  };

  setProblem(problem: string | undefined): void {
    this.problem = problem;
    for (const listener of this.#listeners) listener(problem);
  }

  get started(): Promise<void> {
    this.waits++;
    return this.starting;
  }

  shut(): void {
    this.#door = Promise.withResolvers();
  }

  letIn(): void {
    this.#door?.resolve();
    this.#door = undefined;
  }

  get last(): FakePlaced {
    const last = this.placed.at(-1);
    if (last === undefined) throw new Error("Nobody was placed yet.");
    return last;
  }

  async stop(): Promise<void> {}
}
