import type { DownMessage } from "../../wire/messages.ts";

export type GoneWhy = Extract<DownMessage, { t: "gone" }>["why"];
type Notice = Extract<DownMessage, { t: "notice" }>;
type Auth = Extract<DownMessage, { t: "auth" }>;

/** One open socket of a browser. */
export interface Downlink {
  /** It closes, or has closed: nobody hears it any more. */
  readonly isOver: boolean;
  send(text: string): void;
  /** Tells why the session does not go on here, and closes. */
  leave(why: GoneWhy): void;
  /** The server goes down: the browser will come back. */
  goAway(): void;
}

const maxKept = 5;
const longestMs = 1_000;

/** The browser's end of a session: at most one socket. */
export class Tab {
  #socket: Downlink | undefined;
  #kept: Notice[] = [];
  /** Where the page was to go before its socket was open. */
  #asked: Auth | undefined;
  #announced = 0;
  #unsaidSince: number | undefined;

  get isOpen(): boolean {
    return this.#socket !== undefined;
  }

  /** A browser listens: what has begun to close is open for a while, and nobody's. */
  get isHeard(): boolean {
    return this.#socket?.isOver === false;
  }

  /** The newest socket has the session; an older one of it is told so. */
  attach(socket: Downlink, known: { readonly received: number; readonly committed: number }): void {
    this.#socket?.leave("elsewhere");
    this.#socket = socket;
    this.resumed(known);
    for (const notice of this.#kept.splice(0)) this.say(notice);
    if (this.#asked !== undefined) this.say(this.#asked);
    this.#asked = undefined;
  }

  /** Answers whether it was the socket of this session. */
  detach(socket: Downlink): boolean {
    if (this.#socket !== socket) return false;
    this.#socket = undefined;
    return true;
  }

  resumed(known: { readonly received: number; readonly committed: number }): void {
    this.#announced = known.committed;
    this.say({ t: "resumed", ...known });
  }

  /** Sends what a worker wrote, as it is. */
  forward(text: string): void {
    this.#socket?.send(text);
  }

  say(message: DownMessage): void {
    this.#socket?.send(JSON.stringify(message));
  }

  /** Says it now, or on the next socket; `n` is the event that it is about. */
  tell(code: Notice["code"], detail: string | undefined, n?: number): void {
    const notice: Notice = {
      t: "notice",
      code,
      ...(detail === undefined ? {} : { detail }),
      ...(n === undefined ? {} : { n }),
    };
    if (this.isOpen) this.say(notice);
    else if (this.#kept.length < maxKept) this.#kept.push(notice);
  }

  /** Asks the page to go where the viewer signs in or out, now or on the next socket. */
  ask(message: Auth): void {
    if (this.isOpen) this.say(message);
    else this.#asked = message;
  }

  /** Names the last safe event, once nothing else is going on or it has waited long; answers whether all is said. */
  announce(safe: number, { now, isIdle }: { now: number; isIdle: boolean }): boolean {
    if (!this.isOpen || safe <= this.#announced) return true;
    this.#unsaidSince ??= now;
    if (!isIdle && now - this.#unsaidSince < longestMs) return false;
    this.#announced = safe;
    this.#unsaidSince = undefined;
    this.say({ t: "commit", n: safe });
    return true;
  }

  leave(why: GoneWhy): void {
    this.#socket?.leave(why);
    this.#socket = undefined;
  }

  goAway(): void {
    this.#socket?.goAway();
    this.#socket = undefined;
  }
}
