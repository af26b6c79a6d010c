import { limits } from "../wire/limits.ts";
import type { PatchOp, RefusalCode, TreeMessage } from "../wire/messages.ts";
import { countNodes } from "../wire/schema-structures.ts";
import { StrongroomError } from "./errors.ts";
import { diffNode, diffTrees } from "./patch.ts";
import type { Run } from "./run.ts";
import type { WorkerSession } from "./session.ts";
import { showError } from "./show-error.ts";
import { emptyTree, indexTree, treeNodes, type Tree } from "./tree.ts";
import { wholeCharacters } from "./whole-characters.ts";

/** The longest message for a browser, in characters. */
const maxMessageChars = 16_000_000;

type Send = (text: string, done: number | undefined) => void;

/** Brings what runs have shown to the browser: the difference to what it shows, or the whole. */
export class Painter {
  readonly #session: WorkerSession;
  readonly #send: Send;
  /** The next message carries the whole tree. */
  #whole = true;
  /** What the browser knows of the URL, and the page that its tree belongs to. */
  #query: string;
  #page: string;
  /** Number of the last event whose answers the tree holds. */
  taken: number;
  /** What the browser knows of how far the run has come. */
  #fresh: string | undefined;

  constructor(session: WorkerSession, send: Send) {
    this.#session = session;
    this.#send = send;
    this.#query = session.query;
    this.#page = session.page;
    this.taken = session.event;
  }

  knowsQuery(query: string): void {
    this.#query = query;
  }

  /** What the browser shows of the session's page: what the next run is likely to show again. */
  shown(): Tree {
    return this.#page === this.#session.page ? this.#session.sent : emptyTree;
  }

  /** Sends what a run has shown so far; what it has not come to stays as it stood. */
  flush(run: Run): void {
    run.dirty = false;
    this.#paint(indexTree([run.head(), ...run.canvas.roots], this.shown()), undefined);
  }

  /** Sends what an ended run has shown, or answers why it cannot; `keepRest` leaves what the run has not come to. */
  finish(run: Run, done: number, keepRest: boolean): Error | undefined {
    const tooMuch = keepRest
      ? this.#paint(indexTree([run.head(), ...run.canvas.roots], this.shown()), done)
      : this.#finish(run, done);
    const error = tooMuch === undefined ? undefined : new StrongroomError("ERR_TOO_LARGE", tooMuch);
    if (error !== undefined) {
      run.clear();
      showError(run, error, this.#session.services.options);
      this.#paint(indexTree([run.head(), ...run.canvas.roots]), done);
    }
    run.canvas.seal();
    return error;
  }

  #finish(run: Run, done: number): string | undefined {
    const { sent } = this.#session;
    const head = run.head();
    const changed = this.#whole || this.#page !== this.#session.page ? undefined : run.canvas.changedIn(sent);
    if (changed === undefined) return this.#paint(indexTree([head, ...run.canvas.roots]), done);
    const ops: PatchOp[] = [];
    for (const node of [head, ...changed]) diffNode(ops, sent.byId.get(node.id), node);
    const problem = this.#deliver(ops, { done });
    if (problem !== undefined) return problem;
    for (const node of changed) sent.byId.set(node.id, node);
    sent.byId.set(head.id, head);
    return undefined;
  }

  /** Sends the whole tree, to a browser that shows another one. */
  resend(run: Run | undefined): void {
    this.#whole = true;
    if (run !== undefined) run.dirty = true;
    else this.#paint(this.#session.sent, this.#session.event);
  }

  /** Refuses an event. What a run that goes on has taken is said before: a browser hears of its events in their order. */
  refuse(
    refused: { readonly n: number; readonly code: RefusalCode; readonly at?: string },
    run: Run | undefined,
  ): void {
    if (run !== undefined) {
      this.#fresh = undefined;
      this.flush(run);
    }
    this.#send(JSON.stringify({ t: "refused", ...refused }), undefined);
  }

  notice(code: "state-too-large", detail: string): void {
    this.#send(JSON.stringify({ t: "notice", code, detail }), undefined);
  }

  /** Sends a tree, or says why it is more than a browser takes. */
  #paint(next: Tree, done: number | undefined): string | undefined {
    const session = this.#session;
    const ops = diffTrees(this.#whole ? emptyTree : session.sent, next);
    const progress =
      done === undefined ? { taken: this.taken, ...(next.fresh && { fresh: next.fresh }) } : { done };
    const fresh = done === undefined ? JSON.stringify(next.fresh) : undefined;
    if (ops.length === 0 && done === undefined && !this.#whole && fresh === this.#fresh) return undefined;
    const problem = this.#deliver(ops, progress, this.#whole ? treeNodes(next) : undefined);
    if (problem !== undefined) return problem;
    session.sent = next;
    this.#fresh = fresh;
    return undefined;
  }

  #deliver(
    ops: readonly PatchOp[],
    progress: { readonly done?: number },
    whole?: TreeMessage["nodes"],
  ): string | undefined {
    const session = this.#session;
    const tooMuch = excess(ops);
    if (tooMuch !== undefined) return tooMuch;
    const tree = session.treeNumber + (ops.length > 0 || whole !== undefined ? 1 : 0);
    const body = whole === undefined ? { t: "patch", tree, ops } : { t: "tree", tree, nodes: whole };
    const text = wholeCharacters(JSON.stringify({ ...body, ...this.#location(), ...progress }));
    if (text.length > maxMessageChars) return tooLong;
    session.treeNumber = tree;
    this.#whole = false;
    this.#query = session.query;
    this.#page = session.page;
    this.#send(text, progress.done);
    return undefined;
  }

  /** Query and page, when they are not what the browser knows. */
  #location(): { query?: string; page?: string } {
    const { query, page } = this.#session;
    return {
      ...(this.#whole || query !== this.#query ? { query } : {}),
      ...(this.#whole || page !== this.#page ? { page } : {}),
    };
  }
}

const tooLong =
  `What the page shows takes more than ${maxMessageChars / 1_000_000} million characters; ` +
  "show less at once, large tables with st.dataframe, images and files by themselves.";

/** Why edits are more than the wire carries, if they are. */
function excess(ops: readonly PatchOp[]): string | undefined {
  for (const op of ops) {
    if (op[0] !== "+" && op[0] !== "=") continue;
    const props = op[0] === "+" ? op[4] : op[2];
    if (countNodes(props, limits.propsDepth, limits.propsNodes) > limits.propsNodes) {
      const name = op[0] === "+" ? op[3] : op[1];
      return `An element of the page (${name}) must hold plain data: at most ${limits.propsNodes.toLocaleString("en")} values, ${limits.propsDepth} deep.`;
    }
  }
  return undefined;
}
