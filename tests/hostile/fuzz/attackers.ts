import { connect, type Socket } from "node:net";
import { connectRaw } from "../../running/raw-session.ts";
import type { Dice } from "../../chaos/dice.ts";
import { frameOf, malformedFrame, opcodes } from "./frames.ts";
import { malformedRequest, type Known } from "./requests.ts";

/** Where the attack goes. */
export interface Aim {
  readonly url: string;
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

/** Attacks from one address: first like anybody, then with what no browser sends. */
export class Attacker {
  readonly #aim: Aim;
  readonly #address: string;
  readonly #host: string;
  #known: Known | undefined;
  #ids: readonly [string, ...string[]] = ["none"];
  #tree = 0;
  #n = 0;
  readonly heard: Heard = new Map();

  constructor(aim: Aim, address: string) {
    this.#aim = aim;
    this.#address = address;
    this.#host = new URL(aim.url).host;
  }

  /** Opens the page like any viewer, to know what a viewer knows. */
  async open(): Promise<void> {
    const { socket, boot, cookie } = await connectRaw(this.#aim.url);
    socket.terminate();
    this.#known = { host: this.#host, cookie, session: boot.session, ticket: boot.ticket };
    const ids = boot.messages.flatMap(({ nodes = [] }) => nodes.map(([id]) => id));
    this.#ids = ["none", ...ids];
    this.#tree = boot.messages.at(-1)?.tree ?? 0;
  }

  get #all(): Known {
    if (this.#known === undefined) throw new Error("The page was not opened.");
    return this.#known;
  }

  /** Sends some requests on one connection, one behind the other, and waits for its end; answers how many. */
  async requests(): Promise<number> {
    const { dice } = this.#aim;
    const texts = Array.from({ length: 1 + dice.roll(requestsAtOnce) }, () =>
      malformedRequest(this.#all, dice),
    );
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
    if (ticket === undefined) count(this.heard, "no ticket");
    return ticket;
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
    const { hostname: host, port } = new URL(this.#aim.url);
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      const socket = connect({ host, port: Number(port), localAddress: this.#address });
      socket.setTimeout(silentMs, () => {
        socket.destroy();
        reject(new Error("The server neither answered nor ended a connection."));
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
