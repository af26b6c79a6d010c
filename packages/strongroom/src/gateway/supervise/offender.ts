/** What is known of a worker that no longer answers, or is gone. Sessions are the worker's own numbers. */
export interface LastSeen {
  /** The event or opening that was handed over and not taken. */
  readonly turn: Turn | undefined;
  /** What the worker itself wrote before its last run began. */
  readonly begun: Begun;
  /** Sessions whose run had begun before the turn, and has not ended. */
  readonly running: ReadonlySet<number>;
}

export interface Turn {
  readonly session: number;
  /** Where other runs went on as it was handed over: how many runs the worker had begun by then. */
  readonly begunBefore: number | undefined;
}

/** The last run that a worker began: whose it is, and the how many-th. */
export interface Begun {
  readonly session: number;
  readonly count: number;
}

/** The session whose run is the cause, or nobody where that cannot be told. */
export function offenderOf({ turn, begun, running }: LastSeen): number | undefined {
  if (turn !== undefined && turn.session === begun.session) {
    // Its run began after the turn was handed over, or there was no other run that could be the cause.
    if (turn.begunBefore === undefined || begun.count !== turn.begunBefore) return turn.session;
  }
  const [only] = running;
  return running.size === 1 ? only : undefined;
}
