import type { QueryRequest } from "../../wire/query.ts";
import { failure, type Ask } from "./broker-link.ts";
import type { SupervisedWorker } from "./supervised-worker.ts";

/** A worker waits for no more answers than these. */
const mostAtOnce = 256;

/** Carries workers' questions to the broker, and answers back to the worker that asked. */
export function carryQueries(
  ask: Ask,
): (worker: SupervisedWorker, id: number, request: QueryRequest) => void {
  const waiting = new WeakMap<SupervisedWorker, number>();
  return (worker, id, request) => {
    const count = waiting.get(worker) ?? 0;
    if (count >= mostAtOnce) {
      return worker.answer(
        id,
        failure("ERR_TOO_MANY_QUERIES", `At most ${mostAtOnce} queries at once were expected.`),
      );
    }
    waiting.set(worker, count + 1);
    void ask(request).then((text) => {
      waiting.set(worker, (waiting.get(worker) ?? 1) - 1);
      worker.answer(id, text);
    });
  };
}
