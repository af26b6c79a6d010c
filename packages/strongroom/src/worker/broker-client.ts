import { decodeText } from "../wire/schema.ts";
import { s } from "../wire/s.ts";
import { StrongroomError } from "./errors.ts";
import type { QueryParam, QueryRequest, QueryResult } from "./services.ts";

const param = s.union(
  s.literal(null),
  s.number(),
  s.boolean,
  s.string({ maxLength: 100_000_000 }),
  s.object({ big: s.string({ maxLength: 100_000 }) }),
  s.object({ bytes: s.string({ maxLength: 100_000_000 }) }),
);
const answerSchema = s.union(
  s.object({
    ok: s.literal(true),
    columns: s.array(s.string({ maxLength: 10_000 }), { max: 10_000 }),
    rows: s.array(s.array(param, { max: 10_000 }), { max: 10_000_000 }),
  }),
  s.object({ ok: s.literal(false), code: s.string({ maxLength: 100 }), message: s.string({ maxLength: 10_000 }) }),
);

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
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const abort = (): void => {
        this.#waiting.delete(id);
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", abort, { once: true });
      const settled = <T>(then: (value: T) => void) => (value: T): void => {
        signal.removeEventListener("abort", abort);
        then(value);
      };
      this.#waiting.set(id, { session, resolve: settled(resolve), reject: settled(reject) });
      this.#send(session, id, JSON.stringify(request satisfies QueryRequest));
    });
  }

  receive(id: number, text: string): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    const decoded = decodeText(answerSchema, text, 256 * 1024 * 1024);
    if (!decoded.ok) waiting.reject(new StrongroomError("ERR_CONNECTION", "The broker's answer could not be read."));
    else if (decoded.value.ok) waiting.resolve(decoded.value as QueryResult);
    else waiting.reject(new StrongroomError("ERR_QUERY", decoded.value.message));
  }

  forget(session: number): void {
    for (const [id, waiting] of this.#waiting) if (waiting.session === session) this.#waiting.delete(id);
  }
}

/** A broker's value as the author reads it. */
export function fromParam(value: QueryParam): unknown {
  if (typeof value !== "object" || value === null) return value;
  return "big" in value ? BigInt(value.big) : Uint8Array.from(Buffer.from(value.bytes, "base64"));
}
