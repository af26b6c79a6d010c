import type { OfferedBytes, WorkerMessage } from "../supervise/pool-types.ts";
import type { PageGuard } from "./page-guard.ts";
import type { StopCode } from "./recovery.ts";

/** What an event was to its session. */
export type Taken = "taken" | "impossible";

/** What stopped a session, and where. */
export interface Failure {
  readonly stopped: StopCode;
  readonly place: string | undefined;
}

/** What a session hears of where it lives. */
export interface Household {
  text(message: WorkerMessage, text: string): void;
  committed(): void;
  bytes(content: OfferedBytes): void;
  release(handles: readonly string[]): void;
  /** Events can be handed over. */
  opened(): void;
  /** The worker is gone and the value is rewound; `failure` where the session's own code was the cause. */
  rewound(failure: Failure | undefined): void;
  /** Somebody waits for the page: it is placed anew. */
  isWanted(): boolean;
  readonly guard: Pick<PageGuard, "holds" | "pages">;
}
