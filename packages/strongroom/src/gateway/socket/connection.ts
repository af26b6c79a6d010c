import type { RawData, WebSocket } from "ws";
import { upSchema, type UpMessage } from "../../wire/messages.ts";
import { decodeText } from "../../wire/schema.ts";
import type { Downlink, GoneWhy } from "../sessions/tab.ts";
import type { Session } from "../sessions/session.ts";

/** Close codes (RFC 6455, 7.4.1) and what each tells the browser, which comes back in every case but after `gone`. */
export const closeCodes = {
  gone: 1000,
  goingAway: 1001,
  notText: 1003,
  policy: 1008,
  tryLater: 1013,
} as const;

const maxHeld = 64;

/** The other end of the connection. */
interface ComesFrom {
  readonly address: string;
  readonly port: number | undefined;
}

/** What the connection needs of its surroundings. */
export interface ConnectionPorts {
  readonly now: () => number;
  readonly maxMessageChars: number;
  /** A browser that reads slower than this is cut off: it takes its session up again, with one whole tree. */
  readonly maxBufferedBytes: number;
  readonly take: (connection: Connection, message: UpMessage, text: string) => void;
  readonly refused: (why: string, from: ComesFrom) => void;
  readonly closed: (connection: Connection) => void;
}

/** One open socket: decodes what the browser says, and sends what it is to hear. */
export class Connection implements Downlink {
  readonly viewer: string;
  readonly #from: ComesFrom;
  readonly openedAt: number;
  readonly #socket: WebSocket;
  readonly #ports: ConnectionPorts;
  /** The session that it has taken up. */
  session: Session | undefined;
  /** It has asked for a session: what it says now waits for the answer. */
  #held: string[] | undefined;
  #isOver = false;
  #isAlive = true;
  /** Events in a row that came too fast. */
  excess = 0;

  constructor(
    socket: WebSocket,
    { viewer, ...from }: ComesFrom & { readonly viewer: string },
    ports: ConnectionPorts,
  ) {
    this.viewer = viewer;
    this.#from = from;
    this.openedAt = ports.now();
    this.#socket = socket;
    this.#ports = ports;
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    socket.on("pong", () => void (this.#isAlive = true));
    socket.on("close", () => this.#closed());
    // The socket closes by itself after an error, with the code that says why.
    socket.on("error", () => void (this.#isOver = true));
  }

  send(text: string): void {
    if (this.#isOver) return;
    if (this.#socket.bufferedAmount > this.#ports.maxBufferedBytes) return this.terminate();
    this.#socket.send(text);
  }

  leave(why: GoneWhy): void {
    this.send(JSON.stringify({ t: "gone", why }));
    this.close(closeCodes.gone);
  }

  goAway(): void {
    this.close(closeCodes.goingAway);
  }

  /** Ends the conversation; nothing that comes afterwards is heard. */
  close(code: number): void {
    this.#isOver = true;
    this.session?.detach(this);
    this.session = undefined;
    this.#socket.close(code);
  }

  /** Ends the conversation with somebody who says what no browser of ours says. */
  refuse(why: string, code: number = closeCodes.policy): void {
    this.#ports.refused(why, this.#from);
    this.close(code);
  }

  terminate(): void {
    this.#isOver = true;
    this.#socket.terminate();
  }

  /** Asks for a sign of life; without one since the last time, the socket is dead. */
  probe(): void {
    if (!this.#isAlive) return this.terminate();
    this.#isAlive = false;
    this.#socket.ping();
  }

  get isOver(): boolean {
    // A browser that has said that it closes is gone; that it is closed may be known much later.
    return this.#isOver || this.#socket.readyState !== this.#socket.OPEN;
  }

  /** Holds what comes until `release`: the session is being looked for. */
  hold(): void {
    this.#held = [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const text of held) this.#decode(text);
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#isOver) return;
    if (isBinary) return this.refuse("Text was expected.", closeCodes.notText);
    // Text arrives as one Buffer: `ws` is not told to split it.
    const text = (data as Buffer).toString();
    if (this.#held === undefined) return this.#decode(text);
    if (this.#held.length >= maxHeld) return this.refuse("Too much was said before the answer.");
    this.#held.push(text);
  }

  #decode(text: string): void {
    if (this.#isOver) return;
    const decoded = decodeText(upSchema, text, this.#ports.maxMessageChars);
    if (!decoded.ok) return this.refuse(`A message was expected to have ${decoded.expected.slice(0, 200)}.`);
    this.#ports.take(this, decoded.value, text);
  }

  #closed(): void {
    this.#isOver = true;
    this.session?.detach(this);
    this.session = undefined;
    this.#ports.closed(this);
  }
}
