import type { BrokerResult } from "../wire/query-answer.ts";
import type { BrokerRequest } from "../wire/query.ts";
import { cacheData } from "./cache.ts";
import { durationMs } from "./duration.ts";
import { badOption, StrongroomError } from "./errors.ts";
import { currentRun, currentScope, type Run } from "./run.ts";

/** Options that a connection of any type takes, for all that is asked of it. */
export interface AskOptions {
  /**
   * How long an answer may be used again: seconds, or text such as `"10m"`; 0 asks every time. Answers are shared by all
   * viewers who ask the same, values included. Default: what `runner.connectionDefaultTTL` says, else 0.
   */
  readonly ttl?: number | string;
}

/** Whose rights a service is asked with. */
export interface ViewerOption {
  /**
   * Asks with the access token that the viewer's provider gave: the service sees who it is and judges. Answers are kept for
   * that viewer alone. Throws `ERR_NO_IDENTITY` where nobody is signed in. Default: with what the connection's settings say.
   */
  readonly as?: "viewer";
}

/** Never fires: what must come to its end is asked with it. */
const never = new AbortController().signal;

/** Asks the broker; an error that it answers names the author's line. */
export async function ask(
  live: Run,
  request: BrokerRequest,
  asLong?: "whatever happens",
): Promise<BrokerResult> {
  const { session, signal } = live;
  // Taken here, while the author's line is on the stack: the answer comes on a tick of the socket.
  const here = new Error();
  // A result that is kept for others is worth waiting for, even when this run is not.
  const isForOthers = asLong !== undefined || currentScope()?.forOthers === true;
  try {
    return await session.services.ask(session.number, request, isForOthers ? never : signal);
  } catch (error) {
    if (error instanceof StrongroomError) error.stack = stackFrom(here, error);
    throw error;
  }
}

/** An error's own first line, over the frames of the place where it was asked for. */
function stackFrom(place: Error, { name, message }: Error): string {
  return [`${name}: ${message}`, ...(place.stack ?? "").split("\n").slice(1)].join("\n");
}

/** Asks, or takes an answer that is not older than its `ttl`. What throws is not kept. */
export function askOrRecall<T>(
  request: BrokerRequest,
  { ttl, as }: AskOptions & ViewerOption,
  read: (result: BrokerResult) => T,
): Promise<T> {
  const span = ttl ?? currentRun().session.services.options.connectionDefaultTtl ?? 0;
  const spanMs = durationMs(span);
  if (spanMs === undefined) throw badOption("connection", "ttl", 'seconds, or text such as "10m"');
  // A cached function runs in a run of its own: it is that one's answer.
  const fresh = async (asked: BrokerRequest): Promise<T> => read(await ask(currentRun(), asked));
  if (spanMs === 0) return fresh(request);
  const scope = as === "viewer" ? "viewer" : "global";
  // One place for all: the argument names connection, text, values and their types.
  return cacheData(fresh, { ttl: span, scope, showSpinner: false }, "st.connection")(request);
}
