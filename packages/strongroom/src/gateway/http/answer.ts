import type { ServerResponse } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { STATUS_CODES } from "../node-http.ts";
import { inert, securityHeaders, type Place, type Policy } from "./security-headers.ts";

/** An answer as a value; nothing of it is written before all of it is there. */
export interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body?: string | Buffer;
  /** Sent instead of a body, as it is read. */
  readonly stream?: { readonly content: Readable };
  /** In bytes, where there is no body that says it. */
  readonly length?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly policy?: Policy;
  /** Sent instead of `no-store`: for what is the same for everybody for ever, or asked for again each time. */
  readonly cache?: string;
}

/** For whom it is written. */
export interface Asked {
  readonly place: Place;
  /** A `HEAD` request: all headers, no body. */
  readonly isHead: boolean;
}

export function textAnswer(status: number, text: string, headers: Answer["headers"] = {}): Answer {
  return { status, type: "text/plain; charset=utf-8", body: `${text}\n`, headers };
}

export function jsonAnswer(value: unknown): Answer {
  return { status: 200, type: "application/json; charset=utf-8", body: JSON.stringify(value) };
}

/** What is refused is read on for so long, in ms. */
export const lingerMs = 2_000;
/** So long nothing of a file may be taken, in ms. */
const stalledMs = 60_000;

/** The same answer, which sets cookies as well. */
export function withCookies(answer: Answer, cookies: readonly string[]): Answer {
  return { ...answer, headers: { ...answer.headers, "Set-Cookie": cookies } };
}

type Headers = Record<string, string | readonly string[]>;

function headersOf(answer: Answer, place: Place): Headers {
  const headers: Headers = securityHeaders(answer.policy ?? inert, place);
  headers["Cache-Control"] = answer.cache ?? "no-store";
  headers["Vary"] = "Accept-Encoding, Cookie, Sec-Fetch-Dest, Sec-Fetch-Mode, Sec-Fetch-Site";
  const length = answer.body === undefined ? answer.length : Buffer.byteLength(answer.body);
  if (length !== undefined) headers["Content-Length"] = String(length);
  if (answer.type !== undefined) headers["Content-Type"] = answer.type;
  return { ...headers, ...answer.headers };
}

export function writeAnswer(response: ServerResponse, answer: Answer, { place, isHead }: Asked): void {
  if (response.headersSent || response.destroyed) return void answer.stream?.content.destroy();
  // HTTP/1.0 ends a body of unknown length by closing: one that broke off would look whole.
  if (answer.stream !== undefined && answer.length === undefined && response.req.httpVersion === "1.0") {
    answer.stream.content.destroy();
    return writeAnswer(response, textAnswer(505, "HTTP/1.1 was expected."), { place, isHead });
  }
  response.writeHead(answer.status, headersOf(answer, place) as Record<string, string | string[]>);
  if (answer.stream === undefined || isHead) response.end(isHead ? undefined : answer.body);
  else send(response, answer.stream.content, answer.length);
}

/**
 * Answers somebody who still sends: what comes is read for a while and thrown away, since who is cut off in the middle hears
 * no answer. Then the connection ends.
 */
export function answerSender(response: ServerResponse, answer: Answer, asked: Asked): void {
  const { req: request } = response;
  if (request.complete || response.destroyed) return writeAnswer(response, answer, asked);
  response.writeHead(answer.status, headersOf(answer, asked.place) as Record<string, string | string[]>);
  response.write(answer.body ?? "");
  const end = (): void => void response.end();
  const timer = setTimeout(end, lingerMs);
  request.once("close", () => clearTimeout(timer));
  request.once("end", end);
  request.resume();
}

/** Sends a file as it is read. Who takes nothing of it for a while, and what has become shorter meanwhile, ends the connection. */
function send(response: ServerResponse, content: Readable, length: number | undefined): void {
  response.setTimeout(stalledMs, () => {
    // Nothing waits for the reader: it is the source that takes its time.
    if (length !== undefined || response.writableNeedDrain) response.destroy();
  });
  let sent = 0;
  if (length !== undefined) {
    content.on("data", (chunk: Buffer) => void (sent += chunk.length));
    content.once("end", () => {
      if (sent !== length) response.destroy();
    });
  }
  pipeline(content, response, () => undefined); // a reader that went away needs no word
}

/** The same answer as bytes, for a connection that is no HTTP response any more; it is closed afterwards. */
export function rawAnswer(answer: Answer, place: Place): Buffer {
  const headers = { ...headersOf(answer, place), Connection: "close", Date: new Date().toUTCString() };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((line) => `${name}: ${line}`),
  );
  const head = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ""}\r\n${lines.join("\r\n")}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(answer.body ?? "")]);
}
