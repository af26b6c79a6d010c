import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { WebSocket } from "ws";
import { applyOps, flatTree, type FlatTree } from "../../wire/apply-patch.ts";
import { downSchema, type DownMessage } from "../../wire/messages.ts";
import { decodeText } from "../../wire/schema.ts";
import type { Page } from "./victim.ts";

/** What became of something forged. */
export type Outcome = "refused" | "closed" | "taken" | "unanswered";

const maxChars = 50_000_000;
const answerMs = 10_000;
/** Below what one viewer may send in a second. */
const pauseMs = 20;

/** One session on an open socket, with the tree that its page shows. */
export class AttackedSession {
  readonly tree: FlatTree = flatTree([]);
  readonly #socket: WebSocket;
  readonly #listeners = new Set<(message: DownMessage | undefined) => void>();
  #treeNumber = 0;
  #event = 0;
  #isOpen = true;
  #isRunOver = false;

  constructor(socket: WebSocket, { boot }: Page) {
    this.#socket = socket;
    for (const message of boot.messages) this.#take(message);
    socket.on("message", (data) => {
      // Text arrives as one Buffer: `ws` is not told to split it.
      const decoded = decodeText(downSchema, (data as Buffer).toString(), maxChars);
      if (!decoded.ok) return;
      this.#take(decoded.value);
      for (const listener of this.#listeners) listener(decoded.value);
    });
    socket.on("close", () => {
      this.#isOpen = false;
      for (const listener of this.#listeners) listener(undefined);
    });
  }

  get treeNumber(): number {
    return this.#treeNumber;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Takes the page's session up; false where it is not given. */
  async resume({ boot: { protocol, session } }: Page): Promise<boolean> {
    const heard = this.#heard(({ t }) => (t === "resumed" ? "taken" : t === "gone" ? "refused" : undefined));
    this.#socket.send(JSON.stringify({ t: "resume", protocol, session, tree: this.#treeNumber }));
    return (await heard) === "taken";
  }

  /** Waits until the page stands as its run has left it. */
  async settled(): Promise<void> {
    if (!this.#isRunOver) await this.#heard(() => (this.#isRunOver ? "taken" : undefined));
  }

  /** Sends a forged event, and says what became of it. */
  async forge(what: object): Promise<Outcome> {
    for (;;) {
      await sleep(pauseMs);
      const n = ++this.#event;
      const event = JSON.stringify({ t: "event", n, tree: this.#treeNumber, ...what });
      let isTooFast = false;
      const outcome = this.#heard((message) => {
        if (message.t === "refused" && message.n === n) {
          isTooFast = message.code === "too-fast";
          return "refused";
        }
        // The session has moved to another worker: what has not arrived is sent again, as a browser does.
        if (message.t === "resumed" && message.received < n) this.#socket.send(event);
        const isRun = message.t === "patch" || message.t === "tree";
        return isRun && Math.max(message.done ?? 0, message.taken ?? 0) >= n ? "taken" : undefined;
      });
      this.#socket.send(event);
      const became = await outcome;
      if (!isTooFast) return became;
      await sleep(1_000);
    }
  }

  /** Sends what breaks the protocol: whoever does is cut off. */
  async send(frame: string | Buffer): Promise<Outcome> {
    const outcome = this.#heard(({ t }) =>
      t === "patch" || t === "tree" || t === "resumed" ? "taken" : t === "gone" ? "closed" : undefined,
    );
    this.#socket.send(frame);
    return outcome;
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    const closed = once(this.#socket, "close", { signal: AbortSignal.timeout(answerMs) });
    this.#socket.close();
    await closed.catch(() => this.#socket.terminate());
  }

  #take(message: DownMessage): void {
    if (message.t === "tree") {
      const { nodes, order } = flatTree(message.nodes);
      this.tree.nodes.clear();
      this.tree.order.clear();
      for (const [id, node] of nodes) this.tree.nodes.set(id, node);
      for (const [id, children] of order) this.tree.order.set(id, children);
    } else if (message.t === "patch") applyOps(this.tree, message.ops);
    else return;
    this.#treeNumber = message.tree;
    this.#isRunOver ||= message.done !== undefined;
  }

  #heard(judge: (message: DownMessage) => Outcome | undefined): Promise<Outcome> {
    return new Promise((resolve) => {
      const end = (outcome: Outcome): void => {
        clearTimeout(timer);
        this.#listeners.delete(listener);
        resolve(outcome);
      };
      const listener = (message: DownMessage | undefined): void => {
        const outcome = message === undefined ? "closed" : judge(message);
        if (outcome !== undefined) end(outcome);
      };
      const timer = setTimeout(() => end("unanswered"), answerMs);
      this.#listeners.add(listener);
      if (!this.#isOpen) end("closed");
    });
  }
}
