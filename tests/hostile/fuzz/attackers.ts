import { connect, type Socket } from "node:net";
import { connectRaw, openRawWhole, type RawSession } from "../../running/raw-session.ts";
import type { Dice } from "../../chaos/dice.ts";
import { frameOf, malformedFrame, opcodes } from "./frames.ts";
import { malformedRequest, type Known } from "./requests.ts";
import type { SignedIn, Target } from "./target.ts";

/** Where the attack goes. */
export interface Aim {
  readonly target: Target;
  readonly dice: Dice;
}

/** What the server said, counted by kind: a status, or how a socket ended. */
export type Heard = Map<string, number>;

/** What comes behind the first that ends a connection is not read: few at a time. */
const requestsAtOnce = 2;
const framesAtOnce = 3;
/** A server that says nothing for so long hangs. */
const silentMs = 30_000;

export function count(heard: Heard, what: string, times = 1): void {
  heard.set(what, (heard.get(what) ?? 0) + times);
}

/** So many of a hundred connections bring a ticket that is worth something. */
const ticketsInHundred = 30;
const none: SignedIn = { cookies: "", state: "A".repeat(43) };

/** Attacks from one address: first like anybody, every third one signed in, then with what no browser sends. */
export class Attacker {
  readonly #aim: Aim;
  readonly #number: number;
  readonly #address: string;
  readonly #host: string;
  #known: Known | undefined;
  #session: RawSession | undefined;
  /** It may sign itself out by what it sends. */
  readonly #signsIn: boolean;
  #isOut = false;
  #ids: readonly [string, ...string[]] = ["none"];
  #tree = 0;
  #n = 0;
  readonly heard: Heard = new Map();

  constructor(aim: Aim, number: number) {
    this.#aim = aim;
    this.#number = number;
    this.#signsIn = number % 3 === 0;
    this.#address = `127.0.1.${number}`;
    this.#host = new URL(aim.target.url).host;
  }

  /** Opens the page like any viewer, to know what a viewer knows; begins a download, and takes none of it. */
  async open(): Promise<void> {
    this.close();
    this.#isOut = false;
    const { url, issuer, token, signIn } = this.#aim.target;
    const { cookies, state } = this.#signsIn ? await signIn(`mallory-${this.#number}`) : none;
    const { socket, boot, cookie } = await connectRaw(url, cookies === "" ? undefined : cookies);
    socket.terminate();
    const { session } = await openRawWhole(url, cookie);
    this.#session = session;
    await session.send({ trigger: { id: "downloadButton:Stream" } });
    const handle = /"made":"([\w-]{43})"/.exec(session.last)?.[1] ?? "";
    if (handle === "") count(this.heard, "no download");
    const own = { host: this.#host, cookie, session: boot.session, ticket: boot.ticket };
    this.#known = { ...own, handle, state, issuer, token };
    const ids = boot.messages.flatMap(({ nodes = [] }) => nodes.map(([id]) => id));
    this.#ids = ["none", ...ids];
    this.#tree = boot.messages.at(-1)?.tree ?? 0;
    this.#n = 0;
  }

  /** True for one that has signed itself out. */
  get isOut(): boolean {
    return this.#isOut;
  }

  close(): void {
    this.#session?.close();
  }

  get #all(): Known {
    if (this.#known === undefined) throw new Error("The page was not opened.");
    return this.#known;
  }

  /** Sends some requests on one connection, one behind the other, and waits for its end; answers how many. */
  async requests(): Promise<number> {
    const { dice } = this.#aim;
    const fresh = dice.roll(100) < ticketsInHundred ? await this.#ticket() : undefined;
    const known = fresh === undefined ? this.#all : { ...this.#all, ticket: fresh };
    const texts = Array.from({ length: 1 + dice.roll(requestsAtOnce) }, () => malformedRequest(known, dice));
    const answer = await this.#say((socket) => socket.end(Buffer.from(texts.join(""), "latin1")));
    for (const [, status = ""] of answer.matchAll(/(?:^|\n)HTTP\/1\.1 (\d{3}) /g)) count(this.heard, status);
    if (answer === "") count(this.heard, "no answer");
    return texts.length;
  }

  /** Sends some frames on one socket, as a rule after its session was taken up; answers how many. */
  async frames(): Promise<number> {
    const { dice } = this.#aim;
    const ticket = await this.#ticket();
    if (ticket === undefined) return 0;
    const resume = { t: "resume", protocol: 1, session: this.#all.session, tree: this.#tree };
    const before = dice.roll(8) === 0 ? [] : [frameOf(opcodes.text, Buffer.from(JSON.stringify(resume)))];
    const bad = Array.from({ length: 1 + dice.roll(framesAtOnce) }, () =>
      malformedFrame(this.#ids, ++this.#n, dice),
    );
    const answer = await this.#say((socket) => {
      const head = Buffer.from(this.#head(`GET /_strongroom/socket?ticket=${ticket}`, upgrade));
      socket.end(Buffer.concat([head, ...before, ...bad, frameOf(opcodes.close, Buffer.from([3, 232]))]));
    });
    count(this.heard, endOf(answer));
    return bad.length;
  }

  async #ticket(): Promise<string | undefined> {
    const answer = await this.#say((socket) =>
      socket.end(this.#head("POST /_strongroom/ticket", ["Content-Length: 0", "Connection: close"])),
    );
    const ticket = /"ticket":"([\w-]{43})"/.exec(answer)?.[1];
    if (ticket !== undefined) return ticket;
    this.#isOut = this.#signsIn && / 40[13] /.test(answer);
    count(this.heard, this.#isOut ? "signed out" : "no ticket");
    return undefined;
  }

  #head(line: string, more: readonly string[]): string {
    const { host, cookie } = this.#all;
    const own = [
      `Host: ${host}`,
      `Cookie: ${cookie}`,
      `Origin: http://${host}`,
      "Sec-Fetch-Site: same-origin",
    ];
    return `${[`${line} HTTP/1.1`, ...own, ...more].join("\r\n")}\r\n\r\n`;
  }

  /** All that the server says until it ends the connection. */
  #say(act: (socket: Socket) => void): Promise<string> {
    const { hostname: host, port } = new URL(this.#aim.target.url);
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      const socket = connect({ host, port: Number(port), localAddress: this.#address });
      socket.setTimeout(silentMs, () => {
        // This process may have been kept waiting itself: what has come meanwhile is read first.
        const had = chunks.length;
        setTimeout(() => {
          if (chunks.length > had || socket.closed) return;
          socket.destroy();
          reject(new Error("The server neither answered nor ended a connection."));
        }, silentMs / 10);
      });
      socket.on("data", (chunk) => chunks.push(chunk));
      socket.on("error", () => undefined); // a reset is an answer, too
      socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
      socket.on("connect", () => act(socket));
    });
  }
}

/** How a socket ended: by a close frame with a code and no words (RFC 6455, 5.5.1), or without. */
function endOf(answer: string): string {
  const [first, length, high = NaN, low = NaN] = Buffer.from(answer.slice(-4), "latin1");
  return first === 0x88 && length === 2 ? `close ${high * 256 + low}` : "socket cut";
}

const upgrade = [
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
];
