import type { Asker } from "../../wire/broker-frames.ts";
import type { BrokerQuestion, BrokerRequest } from "../../wire/query.ts";
import type { Bearer } from "../auth/bearer.ts";
import { failure, type Broker, type Sink } from "./broker-link.ts";
import type { SessionHeard } from "./heard.ts";
import type { SupervisedWorker } from "./supervised-worker.ts";

type Heard = Extract<SessionHeard, { kind: "query" | "cancel" }>;

/** A worker waits for no more answers than these. */
const mostAtOnce = 256;

const unknown: Promise<Bearer> = Promise.resolve({
  ok: false,
  message: "Who is signed in could not be found out, so nothing was asked as the viewer. Try again.",
});

/** A question that a worker waits for: answered once, or given up. */
class Waiting implements Sink {
  readonly #over: () => void;
  readonly #worker: SupervisedWorker;
  readonly #id: number;
  #cancel: () => void = () => {};
  isGivenUp = false;

  constructor(over: () => void, worker: SupervisedWorker, id: number) {
    this.#over = over;
    this.#worker = worker;
    this.#id = id;
  }

  /** It is asked now; this gives it up. */
  take(cancel: () => void): void {
    this.#cancel = cancel;
  }

  readonly giveUp = (): void => {
    this.isGivenUp = true;
    this.#cancel();
  };

  readonly part = (text: Buffer, more: () => void): void => this.#worker.answer(this.#id, text, more);

  readonly end = (text: Buffer): void => {
    this.#over();
    this.#worker.answer(this.#id, text);
  };
}

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
    const { request } = heard;
    const asked = new Waiting(() => waiting.delete(id), worker, id);
    waiting.set(id, asked.giveUp);
    const ask = (question: BrokerQuestion): void =>
      asked.take(this.#broker.ask(this.#asker(worker, session), question, asked));
    if (!isAsViewer(request)) return ask(request);
    void bearerOf(worker, session).then((bearer) => {
      if (asked.isGivenUp) return;
      if (bearer.ok) ask({ ...request, bearer: bearer.token });
      else asked.end(failure("ERR_NO_IDENTITY", bearer.message));
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

/** The token of the viewer whose session asks: the worker says which session, and the gateway whose that is. */
async function bearerOf({ residents }: SupervisedWorker, session: number): Promise<Bearer> {
  const resident = residents.resident(session);
  const bearer = await (resident?.bearer?.() ?? unknown).catch(() => unknown);
  // A session that has left meanwhile has let go of all that it asked.
  return resident === residents.resident(session) ? bearer : unknown;
}

function isAsViewer(request: BrokerRequest): request is BrokerRequest & { kind: "http" } {
  return request.kind === "http" && request.asViewer === true;
}
