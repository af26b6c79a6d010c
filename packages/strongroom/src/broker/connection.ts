import type { Asker } from "../wire/broker-frames.ts";
import type { BrokerEnd } from "../wire/query-answer.ts";
import type { BrokerQuestion } from "../wire/query.ts";
import type { SendPart } from "./answer.ts";

/** One question on its way. */
export interface Call {
  readonly asker: Asker;
  /** Fires when nobody waits any more, or when it took too long; its reason says which. */
  readonly signal: AbortSignal;
  readonly send: SendPart;
  /** True once a part of the answer was sent: asking again would answer twice. */
  readonly hasSent: () => boolean;
}

export type End = Omit<BrokerEnd, "ok" | "end">;

/** What stands behind one section of `[connections]`. */
export interface Connection {
  /** Answers a question but for its last part, which it returns. Throws `BrokerError`. */
  ask(request: BrokerQuestion, call: Call): Promise<End>;
  /** Lets go of what is held for an asker. */
  release(asker: Asker): void;
  close(): void | Promise<void>;
}
