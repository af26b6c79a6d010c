import type { FileFact } from "../../wire/upload.ts";
import type { Uploads } from "../uploads/uploads.ts";
import type { Access } from "../access/access.ts";
import type { Bearer } from "../auth/bearer.ts";
import { userOf } from "../auth/user.ts";
import type { Pool } from "../supervise/pool-types.ts";
import type { Failure, Household } from "./household.ts";
import { Recovery, type Loss } from "./recovery.ts";
import type { Dump, SessionValue } from "./session-value.ts";
import { Stay, type StayListener } from "./stay.ts";

export interface HomePorts {
  readonly pool: Pool;
  /** The dump of a session that sleeps. */
  readonly load: (id: string) => Promise<Dump>;
  readonly uploads: Pick<Uploads, "files" | "open" | "close" | "read">;
  readonly now: () => number;
  readonly access: Pick<Access, "identityOf">;
  readonly bearerOf: (viewer: string) => Promise<Bearer>;
}

/** Where a session lives: in a worker, on its way into one, or nowhere while it sleeps. */
export class Home {
  readonly #value: SessionValue;
  readonly #household: Household;
  readonly #ports: HomePorts;
  readonly #recovery = new Recovery();
  #stay: Stay | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isLoading = false;
  #isOver = false;
  /** Why the session is left alone until its viewer does something. */
  failure: Failure | undefined;

  constructor(value: SessionValue, household: Household, ports: HomePorts) {
    this.#value = value;
    this.#household = household;
    this.#ports = ports;
  }

  /** In a worker, or on the way. */
  get isAwake(): boolean {
    return this.#stay !== undefined || this.#retry !== undefined || this.#isLoading;
  }

  get isOpen(): boolean {
    return this.#stay?.isPlaced === true;
  }

  /** A run goes on, or events wait for one. */
  get isBusy(): boolean {
    return this.isAwake && (this.#stay?.hasCommitted !== true || !this.#value.isAllCommitted);
  }

  /** The worker can send the whole tree again. */
  get canResend(): boolean {
    return this.isOpen && this.#stay?.hasSpoken === true;
  }

  event(n: number, text: string): void {
    this.#stay?.event(n, text);
  }

  resend(): void {
    this.#stay?.resend();
  }

  /** The whole tree as it stands, at once; then the page runs again. */
  refresh(): void {
    this.#stay?.resend();
    this.#stay?.rerun();
  }

  /** The worker hears of a file; one that comes later is told of all. */
  file(fact: FileFact): void {
    this.#stay?.file(fact);
  }

  stop(): void {
    this.#stay?.stop();
  }

  /** Makes sure that the session is in a worker or on its way into one. */
  wake(): void {
    if (this.#isOver || this.isAwake) return;
    this.failure = undefined;
    if (this.#value.isAsleep) void this.#load();
    else this.#enter();
  }

  /** Runs anew in a worker that hears who the viewer is now, and what they may see. */
  renew(): void {
    if (this.#stay === undefined) return;
    this.#stay.close();
    this.#lost({ why: "moved", offender: false }, undefined);
  }

  /** Leaves the worker; what is in the store is enough to come back. */
  sleep(): void {
    this.#vacate();
    this.#value.fallAsleep();
  }

  /** Leaves for good. */
  end(): void {
    this.#isOver = true;
    this.#vacate();
  }

  #vacate(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#stay?.close();
    this.#stay = undefined;
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    const dump = await this.#ports.load(this.#value.id);
    this.#isLoading = false;
    if (this.#isOver) return;
    this.#value.wakeUp(dump);
    this.#enter();
  }

  /** The only way into a worker: no page runs for somebody who may not see it. */
  #enter(): void {
    const { access, bearerOf, pool, uploads } = this.#ports;
    const { guard } = this.#household;
    if (!guard.holds()) return;
    const { id, viewer } = this.#value;
    const files = (): ReturnType<Uploads["files"]> => uploads.files(id);
    const opening = this.#value.opening(userOf(access.identityOf(viewer)));
    const given = { ...opening, pages: guard.pages, files, bearer: () => bearerOf(viewer) };
    this.#stay = new Stay(pool, given, this.#listener());
  }

  #listener(): StayListener {
    const household = this.#household;
    const value = this.#value;
    const { uploads } = this.#ports;
    return {
      text: (message, text) => household.text(message, text),
      commit: (event, core, state) => {
        const before = value.committed;
        value.commit(event, core, state);
        if (value.committed > before) this.#recovery.eventCommitted();
        household.committed();
      },
      bytes: (content) => household.bytes(content),
      release: (handles) => {
        household.release(handles);
        uploads.close(value.id, handles);
      },
      slot: (slot) => uploads.open(value, slot),
      read: (read) => uploads.read(value.id, read),
      placed: () => household.opened(),
      refused: () => void (this.#stay = undefined),
      lost: (why, offender, place) => this.#lost({ why, offender }, place),
    };
  }

  #lost(cause: Pick<Loss, "why" | "offender">, place: string | undefined): void {
    const { sent, hasCommitted: hadCommitted } = this.#stay ?? { sent: 0, hasCommitted: false };
    this.#stay = undefined;
    const value = this.#value;
    const hasUncommitted = sent > value.committed;
    const remedy = this.#recovery.remedy({ ...cause, hasUncommitted, hadCommitted, now: this.#ports.now() });
    const failure = remedy.stopped === undefined ? undefined : { stopped: remedy.stopped, place };
    // What was given up must not come back by itself: the browser is told that all of it is used up.
    if (failure !== undefined) value.useUpTo(remedy.kind === "give-up" ? value.passed : sent);
    value.giveBack(sent);
    if (remedy.kind === "give-up") this.failure = failure;
    this.#household.rewound(failure);
    if (remedy.kind === "restore" && this.#household.isWanted()) this.#enterAfter(remedy.afterMs);
  }

  #enterAfter(ms: number): void {
    if (ms === 0) return this.#enter();
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#enter();
    }, ms);
  }
}
