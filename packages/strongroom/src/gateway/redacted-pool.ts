import type { Mask } from "../secrets/mask.ts";
import { Redaction } from "./redaction.ts";
import type { Pool, SessionListener } from "./supervise/pool-types.ts";

/** The same pool, of which nothing is heard that holds a secret: all that comes after it may go to a browser. */
export function redactedPool(pool: Pool, mask: Mask): Pool {
  const redaction = new Redaction(mask);
  const problemOf = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : mask.text(text);
  return {
    place: async (listener, opening) => {
      const placed = await pool.place(redactedListener(listener, redaction), opening);
      return {
        get sent() {
          return placed.sent;
        },
        event: (n, text) => placed.event(n, redaction.incoming(text)),
        resend: () => placed.resend(),
        rerun: () => placed.rerun(),
        file: (fact) => placed.file(fact),
        stop: () => placed.stop(),
        close: () => placed.close(),
      };
    },
    get started() {
      return pool.started;
    },
    get pages() {
      return pool.pages;
    },
    get falls() {
      return pool.falls;
    },
    get problem() {
      return problemOf(pool.problem);
    },
    onProblem: (listener) => pool.onProblem((problem) => listener(problemOf(problem))),
    get sandbox() {
      return pool.sandbox;
    },
    stop: () => pool.stop(),
  };
}

function redactedListener(listener: SessionListener, redaction: Redaction): SessionListener {
  return {
    text: (message, text, done) => {
      const clean = redaction.outgoing(message, text);
      listener.text(clean?.message ?? message, clean?.text ?? text, done);
    },
    commit: (event, core, state) => listener.commit(event, core, state),
    // The bytes themselves are searched when somebody fetches them.
    bytes: (content) => {
      const { fileName, ...rest } = content;
      listener.bytes(fileName === undefined ? rest : { ...rest, fileName: redaction.mask.text(fileName) });
    },
    release: (handles) => listener.release(handles),
    slot: (slot) => listener.slot(slot),
    read: (read) => listener.read(read),
    lost: (why, offender, place) => listener.lost(why, offender, place),
  };
}
