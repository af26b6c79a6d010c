import type { User } from "../../wire/worker-setup.ts";
import type { SessionWrite } from "../store/store.ts";
import type { Opening } from "../supervise/pool-types.ts";
import { hashOf } from "../tokens.ts";
import { OpenEvents } from "./open-events.ts";
import { packHead, type SessionHead } from "./session-head.ts";

/** A larger step between numbers of events is no browser's. */
const maxEventStep = 100_000;
/** Numbers of trees beyond this are no server's. */
const maxTree = 2 ** 48;

/** A worker's dump of a session. */
export interface Dump {
  readonly core: Buffer | undefined;
  readonly state: Buffer | undefined;
}

/**
 * A session as a small value: whoever holds it can run the page again. Events are counted by what has become of them:
 * `safe` ≤ `committed` ≤ `passed`.
 */
export class SessionValue {
  readonly id: string;
  readonly viewer: string;
  page: string;
  query: string;
  /** The largest number of a tree that the browser may know. */
  tree: number;
  /** Number of the tree that the last finished run left. */
  settledTree: number;
  /** Last event that was taken from the browser for the worker that lives now. */
  passed: number;
  /** Last event whose run has ended, or that is used up. */
  committed: number;
  /** Last committed event that the store knows of. */
  safe: number;
  /** Last event with a click that was ever handed to a worker. */
  clicked: number;
  readonly open: OpenEvents = new OpenEvents();
  /** Last event that the worker which lives now will commit. */
  #awaited = 0;
  #dump: Dump | undefined;
  #safeState: Buffer | undefined;
  #version = 1;
  #safeVersion = 0;

  constructor(id: string, head: SessionHead, dump: Dump) {
    this.id = id;
    this.viewer = head.viewer;
    this.page = head.page;
    this.query = head.query;
    this.tree = this.settledTree = head.tree;
    this.passed = this.committed = this.safe = head.committed;
    this.clicked = head.clicked;
    this.#dump = dump;
  }

  static fresh(
    id: string,
    { viewer, page, query }: Pick<SessionHead, "viewer" | "page" | "query">,
  ): SessionValue {
    const head = { viewer, page, query, tree: 0, committed: 0, clicked: 0 };
    return new SessionValue(id, head, { core: undefined, state: undefined });
  }

  /** As the store had it. */
  static kept(id: string, head: SessionHead, dump: Dump): SessionValue {
    const value = new SessionValue(id, head, dump);
    value.#safeVersion = value.#version;
    value.#safeState = dump.state;
    return value;
  }

  /** No finished run has been kept: the page must run before there is something to show. */
  get isUnborn(): boolean {
    return this.settledTree === 0;
  }

  get isAsleep(): boolean {
    return this.#dump === undefined;
  }

  get isAllCommitted(): boolean {
    return this.passed === this.committed;
  }

  /** A click has run whose commit is not in the store yet. */
  get holdsClick(): boolean {
    return this.clicked > this.safe && this.clicked <= this.committed;
  }

  /** The store knows all of it. */
  get isSafe(): boolean {
    return this.#version === this.#safeVersion;
  }

  /** Takes the number of an event; `old` when this worker has had it already, or it will be sent again behind others. */
  take(n: number): "new" | "old" | "impossible" {
    if (n <= this.passed || this.open.overtakes(n)) return "old";
    if (n > this.passed + maxEventStep) return "impossible";
    this.passed = this.#awaited = n;
    this.open.add(n);
    return "new";
  }

  /** The event was refused before any worker saw it. */
  useUp(n: number): void {
    const wasAllCommitted = this.isAllCommitted;
    this.passed = n;
    if (wasAllCommitted) this.committed = n;
  }

  /** The browser shows a tree of this number on a new socket; answers false when no server can have said so. */
  shows(tree: number): boolean {
    if (tree > maxTree) return false;
    this.open.connected();
    this.tree = Math.max(this.tree, tree);
    return true;
  }

  /** A run has ended; a dump without state means that the state has not changed. */
  commit(event: number, core: Buffer, state: Buffer | undefined): void {
    this.committed = event >= this.#awaited ? this.passed : Math.max(this.committed, event);
    this.open.committed(this.committed);
    this.settledTree = this.tree;
    this.#dump = { core: copied(core), state: state === undefined ? this.#dump?.state : copied(state) };
    this.#version++;
  }

  clickedAt(n: number): void {
    this.clicked = n;
    this.#version++;
  }

  /**
   * The worker is gone. It was given events up to `sent`: a later click has not run. The browser will send again what
   * was not committed.
   */
  giveBack(sent: number): void {
    const lastRun = Math.max(sent, this.committed);
    this.open.lose(this.committed);
    this.passed = this.committed;
    this.#awaited = 0;
    if (this.clicked <= lastRun) return;
    this.clicked = lastRun;
    this.#version++;
  }

  /** Events up to this one were the cause of a stop: they will not be taken again. */
  useUpTo(n: number): void {
    this.committed = Math.max(this.committed, Math.min(n, this.passed));
    this.#version++;
  }

  opening(user: User): Opening {
    const { page, query, tree } = this;
    // The author's code learns that two tabs are one viewer's, and nothing that is kept elsewhere.
    const viewer = hashOf(`worker ${this.viewer}`);
    return { page, query, viewer, user, treeAtLeast: tree, core: this.#dump?.core, state: this.#dump?.state };
  }

  /** Only the store keeps the dump from here on. */
  fallAsleep(): void {
    this.#dump = this.#safeState = undefined;
  }

  wakeUp(dump: Dump): void {
    this.#dump = dump;
    this.#safeState = dump.state;
  }

  /** What to write, and what to do once it is written. */
  pack(): { readonly write: SessionWrite; readonly onSafe: () => void } {
    const { id, viewer, page, query, settledTree: tree, committed, clicked } = this;
    const version = this.#version;
    const state = this.#dump?.state;
    const head = packHead({ viewer, page, query, tree, committed, clicked }, this.#dump?.core);
    const write = state === undefined || state === this.#safeState ? { id, head } : { id, head, state };
    const onSafe = (): void => {
      this.safe = Math.max(this.safe, committed);
      this.#safeVersion = Math.max(this.#safeVersion, version);
      this.#safeState = state;
    };
    return { write, onSafe };
  }
}

/** Bytes of their own: those that a worker sent are a part of something far larger. */
function copied(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}
