import type { BrokerResult } from "../wire/query-answer.ts";
import { queryLimits, type BrokerRequest } from "../wire/query.ts";
import { BrokerAnswerReader } from "./broker-answer.ts";
import { StrongroomError } from "./errors.ts";

interface Waiting {
  readonly session: number;
  readonly reader: BrokerAnswerReader;
  readonly resolve: (result: BrokerResult) => void;
  readonly reject: (error: unknown) => void;
}

/** The way to the broker: the gateway, which says for whom is asked. */
export interface BrokerPort {
  readonly ask: (session: number, id: number, text: string) => void;
  readonly cancel: (session: number, id: number) => void;
}

/** Asks the broker and puts its answers together. */
export class BrokerClient {
  readonly #port: BrokerPort;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(port: BrokerPort) {
    this.#port = port;
  }

  /** The answer to one question. When the signal fires first, the broker is told to give it up. */
  ask(session: number, request: BrokerRequest, signal: AbortSignal): Promise<BrokerResult> {
    const text = JSON.stringify(request);
    if (Buffer.byteLength(text) > queryLimits.requestChars) {
      const most = queryLimits.requestChars / 1_000_000;
      return Promise.reject(
        new StrongroomError("ERR_QUERY", `A query and its values have at most ${most} MB together.`),
      );
    }
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#waiting.delete(id);
        this.#port.cancel(session, id);
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", abort, { once: true });
      const settled =
        <T>(then: (value: T) => void) =>
        (value: T): void => {
          this.#waiting.delete(id);
          signal.removeEventListener("abort", abort);
          then(value);
        };
      this.#waiting.set(id, {
        session,
        reader: new BrokerAnswerReader(),
        resolve: settled(resolve),
        reject: settled(reject),
      });
      this.#port.ask(session, id, text);
    });
  }

  /** Takes the next part of an answer. */
  receive(id: number, text: string): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    try {
      const result = waiting.reader.take(text);
      if (result !== undefined) waiting.resolve(result);
    } catch (error) {
      waiting.reject(error);
    }
  }

  /** The session has gone: who waits for one of its questions hears so. */
  forget(session: number): void {
    for (const waiting of this.#waiting.values())
      if (waiting.session === session)
        waiting.reject(new StrongroomError("ERR_CONNECTION", "The session that asked has ended."));
  }
}
