import type { Asker } from "../../wire/broker-frames.ts";
import { failure, type Broker } from "./broker-link.ts";
import type { SessionHeard } from "./heard.ts";
import type { SupervisedWorker } from "./supervised-worker.ts";

type Heard = Extract<SessionHeard, { kind: "query" | "cancel" }>;

/** A worker waits for no more answers than these. */
const mostAtOnce = 256;

/** Carries workers' questions to the broker, and the parts of answers back to the worker that asked. */
export class Queries {
  readonly #broker: Broker;
  /** By worker and the number that it gave to its question: how to give the question up. */
  readonly #waiting = new WeakMap<SupervisedWorker, Map<number, () => void>>();
  readonly #numbers = new WeakMap<SupervisedWorker, number>();
  #last = 0;

  constructor(broker: Broker) {
    this.#broker = broker;
  }

  hear(worker: SupervisedWorker, heard: Heard): void {
    const waiting = this.#of(worker);
    const { id, session } = heard;
    if (heard.kind === "cancel") {
      waiting.get(id)?.();
      return void waiting.delete(id);
    }
    if (waiting.size >= mostAtOnce) {
      const text = `At most ${mostAtOnce} queries at once were expected.`;
      return worker.answer(id, failure("ERR_TOO_MANY_QUERIES", text));
    }
    let cancel = (): void => {};
    waiting.set(id, () => cancel());
    cancel = this.#broker.ask(this.#asker(worker, session), heard.request, {
      part: (text, more) => worker.answer(id, text, more),
      end: (text) => {
        waiting.delete(id);
        worker.answer(id, text);
      },
    });
  }

  /** A session has left its worker: nothing is held for it any more. */
  left(worker: SupervisedWorker, session: number): void {
    if (this.#numbers.has(worker)) this.#broker.release(this.#asker(worker, session));
  }

  #of(worker: SupervisedWorker): Map<number, () => void> {
    const known = this.#waiting.get(worker) ?? new Map<number, () => void>();
    this.#waiting.set(worker, known);
    return known;
  }

  #asker(worker: SupervisedWorker, session: number): Asker {
    const number = this.#numbers.get(worker) ?? ++this.#last;
    this.#numbers.set(worker, number);
    return { worker: number, session };
  }
}
