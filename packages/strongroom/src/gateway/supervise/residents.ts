import { toWorker } from "../../wire/worker-frames.ts";
import { WorkerFault, type SessionHeard } from "./heard.ts";
import { offenderOf } from "./offender.ts";
import type { LostWhy, Opening, Placed, SessionListener } from "./pool-types.ts";
import { handOn, openFrame, placed, type Resident, type ResidentsPort } from "./resident.ts";
import { Turns } from "./turns.ts";

/** A question to the worker whether it still answers: no session has this number. */
const nobody = 0;
/** After so long even sessions whose own run goes on look for another worker, in ms. */
const hopelessMs = 500;

/** The sessions that live in one worker, and whose turn it is. */
export class Residents {
  readonly #port: ResidentsPort;
  readonly #all = new Map<number, Resident>();
  /** Whose runs have not ended, as far as we know. */
  readonly #running = new Set<number>();
  readonly turns: Turns;
  #last = nobody;
  /** The session whose turn it is had a run that went on. */
  #ranBefore = false;
  #isLeaving = false;

  constructor(port: ResidentsPort) {
    this.#port = port;
    this.turns = new Turns({
      begunBefore: (session) => (this.#othersRun(session) ? port.begun().count : undefined),
      now: () => performance.now(),
      starvedMs: port.starvedMs,
      crowded: port.crowded,
    });
  }

  get size(): number {
    return this.#all.size;
  }

  get isUntouched(): boolean {
    return this.#last === nobody;
  }

  open(listener: SessionListener, opening: Opening): Placed {
    const { viewer, bearer } = opening;
    const number = ++this.#last;
    const resident: Resident = { number, viewer, bearer, listener, sent: 0, handles: new Set() };
    this.#all.set(number, resident);
    this.#take(number, () => this.#port.write(openFrame(number, opening)));
    return this.#placed(resident);
  }

  /** Asks the worker whether it still answers. */
  ping(): void {
    this.turns.add({
      session: nobody,
      send: () => this.#port.write({ kind: toWorker.event, session: nobody }),
    });
  }

  /** Hands on what the worker said for a session; throws when it was never given that session. */
  hear(heard: Exclude<SessionHeard, { kind: "query" | "cancel" }>): void {
    const resident = this.resident(heard.session);
    if (resident === undefined) return;
    const { listener } = resident;
    switch (heard.kind) {
      case "text":
        return listener.text(heard.message, heard.text, heard.done);
      case "commit":
        if (heard.event >= resident.sent) this.#running.delete(resident.number);
        listener.commit(heard.event, heard.core, heard.state);
        if (this.#isLeaving && !this.#running.has(resident.number)) this.#lose(resident, "reload");
        return this.#port.changed();
      default:
        return handOn(resident, heard, this.#port);
    }
  }

  /** A session that lives here; nothing for one that has left. */
  resident(session: number): Resident | undefined {
    if (session === nobody || session > this.#last)
      throw new WorkerFault("A session that lives here was expected.");
    return this.#all.get(session);
  }

  taken(session: number): void {
    if (!this.turns.taken(session)) throw new WorkerFault("The event that was handed over was expected.");
  }

  /** Sends away the sessions that wait behind another one's run. */
  moveBehind(): void {
    const isHopeless = this.turns.silentMs > hopelessMs;
    for (const session of this.turns.behind()) {
      const resident = this.#all.get(session);
      // A run of its own that goes on would be cut off: it stays a while longer.
      if (resident === undefined || (this.#running.has(session) && !isHopeless)) continue;
      this.#port.write({ kind: toWorker.close, session });
      this.#lose(resident, "moved");
    }
  }

  /** Sends all away: at once who is idle, the others when their run has ended. */
  leave(): void {
    this.#isLeaving = true;
    for (const resident of this.#all.values())
      if (!this.#running.has(resident.number)) this.#lose(resident, "reload");
  }

  /** Whose run is the cause, if that can be told. */
  offender(): number | undefined {
    const { turn } = this.turns;
    const running = new Set(this.#running);
    if (turn !== undefined && !this.#ranBefore) running.delete(turn.session);
    return offenderOf({ turn, begun: this.#port.begun(), running });
  }

  /** The worker has, or will have, nobody any more. */
  loseAll(why: LostWhy, except?: number): void {
    for (const resident of this.#all.values()) if (resident.number !== except) this.#lose(resident, why);
    this.turns.stop();
  }

  /** Everything stops: nobody is told any more. */
  silence(): void {
    this.#all.clear();
    this.turns.stop();
  }

  loseOffender(session: number, why: LostWhy, place: string | undefined): void {
    const resident = this.#all.get(session);
    if (resident === undefined) return;
    this.#forget(session);
    resident.listener.lost(why, true, place);
  }

  #placed(resident: Resident): Placed {
    const { number } = resident;
    const isHere = (): boolean => this.#all.has(number);
    const tell = (kind: number): void => {
      if (isHere()) this.#port.write({ kind, session: number });
    };
    return placed({
      sent: () => resident.sent,
      tell,
      event: (n, text) => {
        if (isHere() && !this.#isLeaving) this.#event(resident, n, text);
      },
      rerun: () => {
        if (isHere() && !this.#isLeaving)
          this.#take(number, () => this.#port.write({ kind: toWorker.rerun, session: number }));
      },
      file: (fact) => {
        if (isHere())
          this.#port.write({ kind: toWorker.file, session: number, parts: [JSON.stringify(fact)] });
      },
      close: () => {
        tell(toWorker.close);
        this.#forget(number);
        this.#port.changed();
      },
    });
  }

  #event(resident: Resident, n: number, text: string): void {
    this.#take(resident.number, () => {
      resident.sent = n;
      this.#port.write({ kind: toWorker.event, session: resident.number, n, parts: [text] });
    });
  }

  #take(session: number, send: () => void): void {
    this.turns.add({
      session,
      send: () => {
        this.#ranBefore = this.#running.has(session);
        this.#running.add(session);
        send();
      },
    });
  }

  #othersRun(session: number): boolean {
    return this.#running.size > (this.#running.has(session) ? 1 : 0);
  }

  #lose(resident: Resident, why: LostWhy): void {
    this.#forget(resident.number);
    resident.listener.lost(why, false, undefined);
  }

  #forget(session: number): void {
    this.#all.delete(session);
    this.#running.delete(session);
    this.turns.drop(session);
    this.#port.left(session);
  }
}
