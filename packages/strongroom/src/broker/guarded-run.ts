import { setTimeout as sleep } from "node:timers/promises";
import type { EngineSession } from "./engine.ts";

/** How long a database may take to end what it was told to end, in ms. */
const graceMs = 2_000;

/**
 * Does one thing on a connection, until the signal fires: then the database is told to end it. `done` hears when the
 * connection does nothing any more, which may be later.
 */
export async function guardedRun<T>(
  { session, signal, done }: { session: EngineSession; signal: AbortSignal; done: () => void },
  work: () => Promise<T>,
): Promise<T> {
  if (signal.aborted) {
    done();
    throw signal.reason;
  }
  const running = work();
  const { promise: given, reject: giveUp } = Promise.withResolvers<never>();
  const abort = (): void => {
    giveUp(signal.reason as Error);
    void end(session, running).finally(done);
  };
  signal.addEventListener("abort", abort, { once: true });
  const settled = (): void => {
    if (signal.aborted) return;
    signal.removeEventListener("abort", abort);
    done();
  };
  running.then(settled, settled);
  return Promise.race([running, given]);
}

async function end(session: EngineSession, running: Promise<unknown>): Promise<void> {
  const late = (): Promise<boolean> => sleep(graceMs, false);
  const yes = (): boolean => true;
  const told = session.cancel().then(yes, () => false);
  // Told in full before anybody else has the connection: the next statement must not be the one that is ended.
  const isTold = await Promise.race([told, late()]);
  const isOver = isTold && (await Promise.race([running.then(yes, yes), late()]));
  if (!isOver) await session.close();
}
