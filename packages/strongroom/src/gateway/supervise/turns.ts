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
  /** For how long, in all, the worker has waited for a processor, in ms; nothing where that cannot be known. */
  readonly starvedMs: () => number | undefined;
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
  #isOver = false;

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
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#waiting = [];
  }

  #hand({ session, send }: Waiting): void {
    this.#turn = { session, begunBefore: this.#port.begunBefore(session), since: this.#port.now() };
    send();
  }

  /** Looks again when the turn that goes on now has lasted too long; most turns are over by then. */
  #arm(): void {
    if (this.#timer !== undefined || this.#isOver) return;
    const before: Look = { turn: this.#turn, at: this.#port.now(), starvedMs: this.#port.starvedMs() };
    this.#timer = setTimeout(
      // What the worker has said while we ourselves were slow is read first.
      () => setImmediate(() => this.#look(before)),
      Math.max(retryMs, patienceMs - this.silentMs),
    );
  }

  #look(before: Look): void {
    this.#timer = undefined;
    if (this.#isOver || this.behind().size === 0) return;
    if (this.#turn === before.turn && this.isCrowded && !this.#wasStarved(before)) this.#port.crowded();
    if (this.behind().size > 0) this.#arm();
  }

  /** It was not the run that took so long: on a machine that is full, moving sessions would only add to the work. */
  #wasStarved({ at, starvedMs }: Look): boolean {
    const now = this.#port.starvedMs();
    if (now === undefined || starvedMs === undefined) return false;
    return now - starvedMs > (this.#port.now() - at) / 2;
  }
}

/** How things stood when a look was arranged. */
interface Look {
  readonly turn: Turn | undefined;
  readonly at: number;
  readonly starvedMs: number | undefined;
}
