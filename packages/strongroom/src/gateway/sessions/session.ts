import type { EventMessage } from "../../wire/messages.ts";
import type { Storable } from "../store/write-behind.ts";
import type { WorkerMessage } from "../supervise/pool-types.ts";
import type { Announcing } from "./announcer.ts";
import { EventLine } from "./event-line.ts";
import { FirstViewWatch, type FirstView, type Patience } from "./first-view.ts";
import { Home } from "./home.ts";
import type { Failure, Household, Taken } from "./household.ts";
import { PageGuard } from "./page-guard.ts";
import type { SessionPorts } from "./session-ports.ts";
import type { SessionValue } from "./session-value.ts";
import { Tab, type Downlink } from "./tab.ts";

/** So long after the last event, what is safe is told without waiting for more. */
const idleMs = 250;

/** One browser tab's conversation: its value, its browser on one side, its worker on the other. */
export class Session implements Storable, Announcing, Household {
  readonly value: SessionValue;
  readonly tab: Tab = new Tab();
  readonly guard: PageGuard;
  readonly home: Home;
  readonly #ports: SessionPorts;
  readonly #line: EventLine;
  readonly #watches = new Set<FirstViewWatch>();
  /** The handles that the browser has are an earlier worker's. */
  #isAged = false;
  /** When the viewer last did something, or came or went. */
  usedAt: number;
  /** A socket has taken it up at least once. */
  wasTakenUp = false;

  constructor(value: SessionValue, ports: SessionPorts) {
    this.value = value;
    this.#ports = ports;
    this.usedAt = ports.now();
    this.guard = new PageGuard(value, this.tab, ports);
    this.home = new Home(value, this, ports);
    this.#line = new EventLine({
      isOpen: () => this.home.isOpen,
      hand: (n, text) => this.home.event(n, text),
      clicked: () => value.clicked,
      mark: (n) => this.#mark(n),
      cutOff: (n, label) => this.tab.tell("click-cut-off", label, n),
    });
  }

  get id(): string {
    return this.value.id;
  }

  /** A socket takes the session up; `tree` is what its page shows. Answers false when that cannot be. */
  attach(socket: Downlink, tree: number, wantsWhole = false): boolean {
    const { value, home } = this;
    // It was put to sleep here and now, with that very tree.
    const isAtRest = !wantsWhole && tree === value.settledTree && value.isAsleep;
    const isCurrent = !wantsWhole && tree === value.tree;
    if (!value.shows(tree)) return false;
    this.usedAt = this.#ports.now();
    this.wasTakenUp = true;
    this.tab.attach(socket, { received: value.passed, committed: value.safe });
    if (home.failure !== undefined) this.#tellFailure(home.failure);
    else if (home.isAwake) {
      if (!isCurrent && home.canResend) home.resend();
    } else if (!isAtRest) home.wake();
    return true;
  }

  detach(socket: Downlink): void {
    if (this.tab.detach(socket)) this.usedAt = this.#ports.now();
  }

  event(message: EventMessage, text: string): Taken {
    const taken = this.value.take(message.n);
    if (taken === "impossible") return "impossible";
    if (taken === "old") return "taken";
    this.usedAt = this.#ports.now();
    if (message.query !== undefined) this.value.query = message.query;
    this.home.wake();
    this.#line.push(message, text);
    return "taken";
  }

  /** Refuses an event before any worker sees it. */
  refuse(n: number, code: "too-fast" | "unknown-page"): void {
    if (n <= this.value.passed || this.value.open.overtakes(n)) return;
    this.value.useUp(n);
    this.tab.say({ t: "refused", n, code });
  }

  /** What the first document is to show: of a page that begins, or goes on after a refresh. */
  firstView(patience: Patience): Promise<FirstView> {
    const watch = new FirstViewWatch(patience);
    this.#watches.add(watch);
    this.home.wake();
    if (this.home.canResend) this.home.refresh();
    return watch.view.finally(() => {
      this.#watches.delete(watch);
      this.usedAt = this.#ports.now();
    });
  }

  text(message: WorkerMessage, text: string): void {
    if (message.t === "tree" || message.t === "patch") {
      const { value } = this;
      value.tree = message.tree;
      if (message.page !== undefined) value.page = message.page;
      if (message.page !== undefined && !this.guard.holds()) return;
      if (message.query !== undefined) value.query = message.query;
      const isLast = message.done !== undefined || !this.home.isBusy;
      for (const watch of this.#watches) watch.take(message, isLast);
    }
    if (message.t === "notice") return this.tab.tell(message.code, message.detail);
    if (message.t === "auth") return this.tab.ask(message);
    if (message.t === "refused") this.value.open.refused(message.n);
    this.tab.forward(text);
  }

  committed(): void {
    // What a click did is on the viewer's screen by now: it must not be undone by a server that dies in this moment.
    if (this.value.holdsClick) void this.#ports.writer.now(this);
    else this.#ports.writer.soon(this);
    if (this.#isAged) this.#ports.handles.releaseAged(this.id);
    this.#isAged = false;
  }

  bytes(content: Parameters<Household["bytes"]>[0]): void {
    this.#ports.handles.add(this.value, content);
  }

  release(handles: readonly string[]): void {
    this.#ports.handles.release(this.id, handles);
  }

  opened(): void {
    this.#line.move();
  }

  isWanted(): boolean {
    return this.tab.isOpen || this.#watches.size > 0;
  }

  rewound(failure: Failure | undefined): void {
    const { value } = this;
    this.#line.clear();
    this.#isAged = true;
    this.#ports.handles.age(this.id);
    if (!value.isSafe) this.#ports.writer.soon(this);
    this.tab.resumed({ received: value.passed, committed: value.safe });
    if (failure !== undefined) this.#tellFailure(failure);
  }

  #tellFailure({ stopped, place }: Failure): void {
    this.tab.tell(stopped, this.#ports.showsPlaces ? place : undefined);
    if (this.home.failure !== undefined) for (const watch of this.#watches) watch.fail(stopped, place);
  }

  #mark(n: number): Promise<void> {
    this.value.clickedAt(n);
    return this.#ports.writer.now(this);
  }

  pack(): ReturnType<Storable["pack"]> {
    const { write, onSafe } = this.value.pack();
    return {
      write,
      onSafe: () => {
        onSafe();
        if (this.tab.isOpen) this.#ports.announcer.add(this);
      },
    };
  }

  announce(now: number): boolean {
    const isIdle = this.value.isAllCommitted && now - this.usedAt >= idleMs;
    return this.tab.announce(this.value.safe, { now, isIdle });
  }

  /** Leaves its worker, if nothing goes on and the store can bring it back. Answers whether it did. */
  sleep(): boolean {
    if (!this.home.isAwake && this.value.isAsleep) return true;
    if (this.home.isBusy || !this.value.isSafe || this.value.isUnborn) return false;
    this.home.sleep();
    this.#ports.handles.sleep(this.id);
    this.#ports.handles.age(this.id);
    this.#isAged = true;
    return true;
  }

  /** Frees all that it holds here; the store may still bring it back. */
  end(): void {
    for (const watch of this.#watches) watch.end();
    this.home.end();
    this.#ports.announcer.remove(this);
    this.#ports.writer.forget(this);
    this.#ports.handles.forget(this.id);
  }
}
