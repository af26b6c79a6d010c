import { partsAhead, type Asker } from "../wire/broker-frames.ts";
import type { Call } from "./connection.ts";
import { BrokerError } from "./errors.ts";

/** One question that is being answered: its clock, its end, and how many parts are on their way. */
export class Question {
  readonly #asker: Asker;
  readonly #write: (text: string) => void;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #sent = 0;
  #taken = 0;
  #wake: (() => void) | undefined;

  constructor(asker: Asker, write: (text: string) => void) {
    this.#asker = asker;
    this.#write = write;
  }

  isOf({ worker, session }: Asker): boolean {
    return this.#asker.worker === worker && this.#asker.session === session;
  }

  get call(): Call {
    return {
      asker: this.#asker,
      signal: this.#controller.signal,
      send: (text) => this.#send(text),
      hasSent: () => this.#sent > 0,
    };
  }

  /** Ends it when it takes longer. */
  limit(timeoutMs: number): void {
    this.#timer = setTimeout(
      () =>
        this.abort(
          new BrokerError(
            "ERR_QUERY_TIMEOUT",
            `The query took more than ${timeoutMs / 1_000} s and was ended; ask for less, or raise \`timeout\` in its [connections] section.`,
          ),
        ),
      timeoutMs,
    );
  }

  more(): void {
    this.#taken++;
    this.#wake?.();
  }

  abort(reason: BrokerError): void {
    this.#controller.abort(reason);
    this.#wake?.();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  async #send(text: string): Promise<void> {
    const { signal } = this.#controller;
    signal.throwIfAborted();
    this.#sent++;
    this.#write(text);
    while (this.#sent - this.#taken >= partsAhead) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
      signal.throwIfAborted();
    }
  }
}
