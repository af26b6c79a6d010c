import type { Turn } from "./offender.ts";

/** Something that a worker is handed for one session, and answers with `taken`. */
export interface Waiting {
  readonly session: number;
  /** Hands it over. */
  readonly send: () => void;
}

export interface TurnsPort {
  /** How many runs the worker has begun, if other sessions' runs go on; else nothing. */
  readonly begunBefore: (session: number) => number | undefined;
  readonly now: () => number;
  /** Others wait, and have waited for long enough to look for another worker. */
  readonly crowded: () => void;
}

/** How long others wait behind a run before they look for another worker, in ms. */
const patienceMs = 20;
const retryMs = 5;

/** One event at a time: the next is handed over when the worker says that this one was taken. */
export class Turns {
  readonly #port: TurnsPort;
  #waiting: Waiting[] = [];
  #turn: (Turn & { readonly since: number }) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(port: TurnsPort) {
    this.#port = port;
  }

  get turn(): Turn | undefined {
    return this.#turn;
  }

  /** For how long the worker has not answered, in ms. */
  get silentMs(): number {
    return this.#turn === undefined ? 0 : this.#port.now() - this.#turn.since;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** True while others would look elsewhere. */
  get isCrowded(): boolean {
    return this.silentMs >= patienceMs;
  }

  add(waiting: Waiting): void {
    if (this.#turn === undefined) return this.#hand(waiting);
    this.#waiting.push(waiting);
    this.#arm();
  }

  /** The worker took what it was handed; false when it was not handed anything of that session. */
  taken(session: number): boolean {
    if (this.#turn?.session !== session) return false;
    this.#turn = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const next = this.#waiting.shift();
    if (next !== undefined) this.#hand(next);
    if (this.#waiting.length > 0) this.#arm();
    return true;
  }

  /** Sessions that wait behind another one's turn. */
  behind(): ReadonlySet<number> {
    const sessions = new Set(this.#waiting.map(({ session }) => session));
    if (this.#turn !== undefined) sessions.delete(this.#turn.session);
    return sessions;
  }

  /** Forgets what waits for a session; what was handed over stays handed over. */
  drop(session: number): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting.session !== session);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
  }

  #hand({ session, send }: Waiting): void {
    this.#turn = { session, begunBefore: this.#port.begunBefore(session), since: this.#port.now() };
    send();
  }

  #arm(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        if (this.behind().size === 0) return;
        this.#port.crowded();
        if (this.behind().size > 0) this.#arm();
      },
      Math.max(retryMs, patienceMs - this.silentMs),
    );
  }
}
