import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import { addressOf, judge, type Judged, type Reached } from "./gate.ts";
import { answerSender, rawAnswer, textAnswer, writeAnswer, type Answer } from "./http/answer.ts";
import { byViewer, type Operation, type UpgradeOperation } from "./operation.ts";
import { isSecureSomewhere } from "./edge/own-origins.ts";
import type { AddressRates } from "./address-rates.ts";
import type { Place } from "./http/security-headers.ts";
import type { RefusalLog } from "./refusal-log.ts";
import type { Services } from "./services.ts";

/** So long a small body may take, in ms. */
const bodyMs = 30_000;

export interface Tables {
  readonly operations: readonly Operation[];
  readonly upgrades: readonly UpgradeOperation[];
}

/** Takes every request to its operation, and every failure to a plain answer. */
export class Dispatcher {
  readonly #tables: Tables;
  readonly #reached: Reached;
  readonly #log: Logger;
  readonly #refusals: RefusalLog;
  readonly #addresses: AddressRates;
  readonly #closing = new WeakSet<Socket>();

  constructor(
    tables: Tables,
    reached: Reached,
    { addresses, log, refusals }: Pick<Services, "addresses" | "log" | "refusals">,
  ) {
    this.#tables = tables;
    this.#reached = reached;
    this.#log = log;
    this.#refusals = refusals;
    this.#addresses = addresses;
  }

  async request(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Who was refused in the middle of a request is heard out, and nothing that they say is another one.
    if (this.#closing.has(request.socket)) return void request.destroy();
    const isHead = request.method === "HEAD";
    response.on("error", () => request.destroy());
    const judging = this.#isTooFast(request) ?? judge(request, this.#tables.operations, this.#reached);
    const judged = judging instanceof Promise ? await judging : judging;
    if (!judged.ok) {
      this.#refused(judged.answer, request);
      const [answer, asked] = [closing(judged.answer), { place: this.#place(judged.secure), isHead }];
      if (answer.status !== 413) return writeAnswer(response, answer, asked);
      this.#closing.add(request.socket);
      return answerSender(response, answer, asked);
    }
    const place = this.#place(judged.entry.asked.site.secure);
    if (judged.operation.readsBody !== true) bound(request);
    try {
      writeAnswer(response, await judged.operation.run(judged.entry), { place, isHead });
    } catch (error) {
      writeAnswer(response, this.#failed(error, judged.operation.name), { place, isHead });
    }
  }

  async upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): Promise<void> {
    const judging = this.#isTooFast(request) ?? judge(request, this.#tables.upgrades, this.#reached);
    const judged = judging instanceof Promise ? await judging : judging;
    if (connection.destroyed) return;
    if (!judged.ok) {
      this.#refused(judged.answer, request);
      return void connection.end(rawAnswer(judged.answer, this.#place(judged.secure)));
    }
    const place = this.#place(judged.entry.asked.site.secure);
    try {
      const answer = judged.operation.upgrade(byViewer(judged.entry), { request, connection, head });
      if (answer === undefined) return;
      this.#refused(answer, request);
      connection.end(rawAnswer(answer, place));
    } catch (error) {
      connection.end(rawAnswer(this.#failed(error, judged.operation.name), place));
    }
  }

  #place(secure: boolean): Place {
    const { base, embedders } = this.#reached;
    return { secure, base, embedders };
  }

  #isTooFast(request: IncomingMessage): (Judged<never> & { ok: false }) | undefined {
    if (this.#addresses.take(addressOf(request, this.#reached.proxies))) return undefined;
    const answer = textAnswer(429, "Requests come too fast.", { "Retry-After": "2", Connection: "close" });
    return { ok: false, answer, secure: isSecureSomewhere(this.#reached.sites) };
  }

  /** What is no HTTP at all, too long, or too slow. */
  unreadable(error: NodeJS.ErrnoException, connection: Duplex): void {
    if (error.code === "ECONNRESET" || !connection.writable) return void connection.destroy();
    const answer = unreadableAnswer(error.code);
    this.#refused(answer, { method: undefined, headers: {}, socket: connection as Socket }); // a server's connections are sockets
    const place = this.#place(isSecureSomewhere(this.#reached.sites));
    connection.end(rawAnswer(answer, place), () => connection.destroy());
  }

  /** Names what was refused and why, never what the request held. */
  #refused({ status, body }: Answer, request: Pick<IncomingMessage, "method" | "headers" | "socket">): void {
    if (status < 400) return;
    const { method, socket } = request;
    const from = addressOf(request, this.#reached.proxies);
    const port = socket.remotePort;
    this.#refusals.add({ status, method, from, port, why: String(body).trimEnd() });
  }

  #failed(error: unknown, operation: string): Answer {
    const incident = randomBytes(6).toString("hex");
    this.#log.error({ err: error, incident, operation }, "A request failed inside the gateway.");
    return textAnswer(500, `Something went wrong. The server's log knows it as ${incident}.`);
  }
}

/** What is not read as it comes must be here soon: else its connection would be held for as long as files may take. */
function bound(request: IncomingMessage): void {
  const { complete, headers } = request;
  if (complete || headers["content-length"] === undefined) return;
  const timer = setTimeout(() => request.destroy(), bodyMs);
  request.on("close", () => clearTimeout(timer));
}

/** After a request that could be read in two ways, nothing more is read from its connection. */
function closing(answer: Answer): Answer {
  const isDoubtful = answer.status === 400 || answer.status === 413 || answer.status === 414;
  return isDoubtful ? { ...answer, headers: { ...answer.headers, Connection: "close" } } : answer;
}

function unreadableAnswer(code: string | undefined): Answer {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return textAnswer(431, "The headers are too long.");
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return textAnswer(408, "The request took too long.");
    default:
      return textAnswer(400, "The request is malformed.");
  }
}
