import type { LostWhy } from "../supervise/pool-types.ts";

export type StopCode = "stopped-blocked" | "stopped-memory" | "stopped-crashed";

/** What to do about a session whose worker is gone. */
export type Remedy =
  /** Place it anew. With `stopped`, events that are not committed are used up: they were the cause. */
  | { readonly kind: "restore"; readonly afterMs: number; readonly stopped: StopCode | undefined }
  /** Leave it until its viewer does something: it would only happen again. */
  | { readonly kind: "give-up"; readonly stopped: StopCode };

export interface Loss {
  readonly why: LostWhy;
  readonly offender: boolean;
  /** The worker was given events that no commit names. */
  readonly hasUncommitted: boolean;
  /** A run had ended in that worker. */
  readonly hadCommitted: boolean;
  readonly now: number;
}

const waitsMs = [0, 0, 200, 1_000, 2_000, 5_000] as const;
const maxStrikes = 3;
const maxCrashes = 3;
const suspectLosses = 5;
const maxLosses = 20;
/** So long without a loss, and earlier ones no longer count. */
const forgivenMs = 60_000;

/** Decides about losses so that no cause can repeat without end, and no innocent session pays for a guilty one. */
export class Recovery {
  #strikes = 0;
  #crashes = 0;
  #losses = 0;
  #lastLoss = -Infinity;

  /** A run that took an event has ended well. */
  eventCommitted(): void {
    this.#strikes = this.#crashes = this.#losses = 0;
  }

  remedy(loss: Loss): Remedy {
    if (loss.why === "reload" || loss.why === "moved")
      return { kind: "restore", afterMs: 0, stopped: undefined };
    if (loss.now - this.#lastLoss > forgivenMs) this.eventCommitted();
    this.#lastLoss = loss.now;
    const isStopped = loss.offender && loss.why !== "crashed";
    return isStopped ? this.#stopped(loss) : this.#crashed(loss);
  }

  #stopped({ why, hasUncommitted, hadCommitted }: Loss): Remedy {
    const stopped = why === "memory" ? "stopped-memory" : "stopped-blocked";
    this.#strikes++;
    const isPageItself = !hasUncommitted && !hadCommitted;
    if (isPageItself || this.#strikes >= maxStrikes) return { kind: "give-up", stopped };
    return { kind: "restore", afterMs: 0, stopped };
  }

  #crashed({ offender, hasUncommitted }: Loss): Remedy {
    this.#losses++;
    if (offender) this.#crashes++;
    const isSuspect = this.#crashes >= maxCrashes || this.#losses >= suspectLosses;
    if (this.#losses >= maxLosses || (this.#crashes >= maxCrashes && !hasUncommitted)) {
      return { kind: "give-up", stopped: "stopped-crashed" };
    }
    const afterMs = waitsMs[Math.min(this.#losses, waitsMs.length) - 1] ?? 0;
    if (!isSuspect || !hasUncommitted) return { kind: "restore", afterMs, stopped: undefined };
    this.#crashes = 0;
    return { kind: "restore", afterMs, stopped: "stopped-crashed" };
  }
}
