import {
  queryAnswerSchema,
  queryLimits,
  type QueryParam,
  type QueryRequest,
  type QueryResult,
} from "../wire/query.ts";
import { decodeText } from "../wire/schema.ts";
import { StrongroomError } from "./errors.ts";

/** What fits into one frame, with room for its head. */
const maxRequestBytes = 60_000_000;

interface Waiting {
  readonly session: number;
  readonly resolve: (result: QueryResult) => void;
  readonly reject: (error: Error) => void;
}

/** Asks the broker by way of the gateway, which says for whom. */
export class BrokerClient {
  readonly #send: (session: number, id: number, text: string) => void;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(send: (session: number, id: number, text: string) => void) {
    this.#send = send;
  }

  ask(session: number, request: QueryRequest, signal: AbortSignal): Promise<QueryResult> {
    const text = JSON.stringify(request);
    if (Buffer.byteLength(text) > maxRequestBytes) {
      const most = maxRequestBytes / 1_000_000;
      return Promise.reject(
        new StrongroomError("ERR_QUERY", `A query and its values have at most ${most} MB together.`),
      );
    }
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const abort = (): void => {
        this.#waiting.delete(id);
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", abort, { once: true });
      const settled =
        <T>(then: (value: T) => void) =>
        (value: T): void => {
          signal.removeEventListener("abort", abort);
          then(value);
        };
      this.#waiting.set(id, { session, resolve: settled(resolve), reject: settled(reject) });
      this.#send(session, id, text);
    });
  }

  receive(id: number, text: string): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    const decoded = decodeText(queryAnswerSchema, text, queryLimits.answerChars);
    if (!decoded.ok)
      waiting.reject(new StrongroomError("ERR_CONNECTION", "The broker's answer could not be read."));
    else if (decoded.value.ok) waiting.resolve(decoded.value);
    else waiting.reject(new StrongroomError("ERR_QUERY", decoded.value.message));
  }

  /** The session has gone: who waits for one of its questions hears so. */
  forget(session: number): void {
    for (const [id, waiting] of this.#waiting) {
      if (waiting.session !== session) continue;
      this.#waiting.delete(id);
      waiting.reject(new StrongroomError("ERR_CONNECTION", "The session that asked has ended."));
    }
  }
}

/** A broker's value as the author reads it. */
export function fromParam(value: QueryParam): unknown {
  if (typeof value !== "object" || value === null) return value;
  return "big" in value ? BigInt(value.big) : Uint8Array.from(Buffer.from(value.bytes, "base64"));
}
