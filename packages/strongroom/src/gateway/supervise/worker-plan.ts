import type { Logger } from "pino";
import type { SharedCache } from "../cache/shared-cache.ts";
import type { Ending } from "./child.ts";
import type { Loaded } from "./heard.ts";
import type { Launch } from "./launch.ts";
import type { LostWhy } from "./pool-types.ts";
import type { Queries } from "./queries.ts";
import type { AuthorFolders } from "./stack-place.ts";
import type { Readers } from "./readers.ts";
import type { SupervisedWorker } from "./supervised-worker.ts";

export type WorkerState = "starting" | "warm" | "loading" | "ready" | "leaving" | "ended";

export interface WorkerPlan {
  readonly number: number;
  readonly launch: Launch;
  /** What the worker is told first; it holds the author's secrets and goes over the socket alone. */
  readonly setup: string;
  readonly folders: AuthorFolders;
  readonly maxBlockMs: number;
  readonly maxMemoryMb: number;
  readonly maxStateBytes: number;
  readonly log: Logger;
}

export interface WorkerPort {
  /** State or load of the worker is another one than before. */
  readonly changed: (worker: SupervisedWorker) => void;
  readonly crowded: (worker: SupervisedWorker) => void;
  readonly loaded: (worker: SupervisedWorker, loaded: Loaded) => void;
  readonly queries: Queries;
  readonly readers: Pick<Readers, "add">;
  readonly cache: SharedCache;
}

/** What was wrong with a worker that had to be ended, or ended by itself. */
export interface Fall {
  readonly why: LostWhy;
  readonly during: WorkerState;
  readonly place: string | undefined;
  readonly ending: Ending | undefined;
}
