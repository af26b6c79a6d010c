import { limits } from "../wire/limits.ts";
import { downSchema, type DownMessage } from "../wire/messages.ts";
import { decodeText } from "../wire/schema.ts";
import { Signal } from "./signal.ts";
import { maxDownChars, OutOfStep, type Store } from "./store.ts";

/** What the connection needs of the browser: a test gives its own. */
export interface Line {
  /** Opens a socket; a ticket opens one only. */
  readonly open: (ticket: string, heard: Heard) => Socket;
  /** A fresh ticket; rejects when there is no way to the server. */
  readonly ticket: () => Promise<string>;
  readonly after: (ms: number, act: () => void) => () => void;
  readonly random: () => number;
}

export interface Socket {
  readonly send: (text: string) => void;
  readonly close: () => void;
}

/** What a socket says. */
export interface Heard {
  readonly onOpen: () => void;
  readonly onText: (data: unknown) => void;
  readonly onClose: () => void;
}

export type Gone = Extract<DownMessage, { t: "gone" }>["why"];
/** Messages that are not about the page's elements. */
export type Other = Extract<DownMessage, { t: "gone" | "notice" | "problem" | "auth" }>;

const firstWaitMs = 250;
const longestWaitMs = 10_000;
/** At most one frame of answers in this time while others are under way: more could not be seen. */
const paceMs = 33;
const tooFastMs = 600;

/** Keeps one socket open, takes the session up on each new one, and sends what waits. */
export class Connection {
  readonly #line: Line;
  readonly #store: Store;
  readonly #session: string;
  #ticket: string | undefined;
  #socket: Socket | undefined;
  #isTakenUp = false;
  #failures = 0;
  #attempt = 0;
  #stopTimer: () => void = () => undefined;
  #isPaced = false;
  #isTooFast = false;
  #isOver = false;

  readonly isOpen: Signal<boolean> = new Signal(false);
  onMessage: (message: Other) => void = () => undefined;

  constructor(line: Line, { store, session, ticket }: { store: Store; session: string; ticket: string }) {
    this.#line = line;
    this.#store = store;
    this.#session = session;
    this.#ticket = ticket;
    store.onEvents = (isUrgent) => {
      // Who has been answered may ask again at once: only what piles up is paced.
      if (isUrgent || !this.#isPaced) this.#flush();
    };
  }

  /** Connects, now, whatever was waited for. */
  connect(): void {
    this.#stopTimer();
    this.#drop();
    if (!this.#isOver) void this.#open(++this.#attempt);
  }

  /** Ends for good, or until `connect`. */
  close(): void {
    this.#stopTimer();
    this.#attempt++;
    this.#drop();
  }

  /** Asks the run to end. */
  stop(): void {
    if (this.#isTakenUp) this.#socket?.send(JSON.stringify({ t: "stop" }));
  }

  async #open(attempt: number): Promise<void> {
    const ticket = this.#ticket ?? (await this.#line.ticket().catch(() => undefined));
    this.#ticket = undefined;
    if (attempt !== this.#attempt) return;
    if (ticket === undefined) return this.#retry();
    const isCurrent = (): boolean => attempt === this.#attempt && this.#socket !== undefined;
    this.#socket = this.#line.open(ticket, {
      onOpen: () => {
        if (isCurrent()) this.#resume();
      },
      onText: (data) => {
        if (isCurrent()) this.#receive(data);
      },
      onClose: () => {
        if (!isCurrent()) return;
        this.#drop();
        this.#retry();
      },
    });
  }

  #resume(): void {
    const { protocol } = limits;
    this.#socket?.send(
      JSON.stringify({ t: "resume", protocol, session: this.#session, ...this.#store.knownTree }),
    );
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#isTakenUp = false;
    socket?.close();
    this.isOpen.set(false);
  }

  /** The first time at once; then ever later, not all viewers at the same moment. */
  #retry(): void {
    if (this.#isOver) return;
    const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(this.#failures, 10));
    const wait = this.#failures === 0 ? 20 : longest * (0.5 + this.#line.random() / 2);
    this.#failures++;
    this.#stopTimer = this.#line.after(wait, () => this.connect());
  }

  #receive(data: unknown): void {
    const decoded = typeof data === "string" ? decodeText(downSchema, data, maxDownChars) : undefined;
    if (decoded?.ok !== true) return this.#give("protocol");
    try {
      this.#take(decoded.value);
    } catch (error) {
      if (!(error instanceof OutOfStep)) throw error;
      // On a new socket the whole tree comes, since this one is no longer known.
      this.#store.forgetTree();
      this.connect();
    }
  }

  #take(message: DownMessage): void {
    switch (message.t) {
      case "resumed":
        return this.#resumed(message);
      case "gone":
        return this.#give(message.why);
      case "notice":
        if (message.n !== undefined) this.#store.cutOff(message.n);
        return this.onMessage(message);
      case "problem":
      case "auth":
        return this.onMessage(message);
      case "refused":
        if (message.code === "too-fast") this.#rest();
        return this.#store.receive(message);
      case "tree":
      case "patch":
      case "commit":
        return this.#store.receive(message);
    }
  }

  #resumed(known: { readonly received: number; readonly committed: number }): void {
    this.#isTakenUp = true;
    this.#failures = 0;
    for (const event of this.#store.resume(known)) this.#socket?.send(JSON.stringify(event));
    this.isOpen.set(true);
  }

  /** The session does not go on in this tab. */
  #give(why: Gone): void {
    this.#isOver = true;
    this.close();
    this.onMessage({ t: "gone", why });
  }

  #flush(): void {
    if (!this.#isTakenUp || this.#isTooFast) return;
    const events = this.#store.takeEvents();
    for (const event of events) this.#socket?.send(JSON.stringify(event));
    if (events.length > 0) this.#pace();
  }

  #pace(): void {
    this.#isPaced = true;
    this.#line.after(paceMs, () => {
      this.#isPaced = false;
      this.#flush();
    });
  }

  #rest(): void {
    this.#isTooFast = true;
    this.#line.after(tooFastMs, () => {
      this.#isTooFast = false;
      this.#flush();
    });
  }
}
