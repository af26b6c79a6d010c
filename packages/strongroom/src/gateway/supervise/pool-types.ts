import type { Logger } from "pino";
import type { ErrorDetails } from "../../config/error-details.ts";
import type { AccessRule } from "../../wire/access-rule.ts";
import type { Infer, Json } from "../../wire/schema.ts";
import type { fromWorkerSchema } from "../../wire/messages.ts";
import type { FileFact, FileRead, UploadSlot } from "../../wire/upload.ts";
import type { User } from "../../wire/worker-setup.ts";
import type { Bearer } from "../auth/bearer.ts";
import type { BrokerSecrets } from "./broker-secrets.ts";
import type { CompilerPlan } from "./compiler.ts";

/** What a worker says to a browser, decoded by `fromWorkerSchema`. */
export type WorkerMessage = Infer<typeof fromWorkerSchema>;

/** How a session begins in a worker. */
export interface Opening {
  readonly page: string;
  readonly query: string;
  /** Who looks, under a name that means nothing elsewhere. */
  readonly viewer: string;
  /** Who that is, where they have signed in. */
  readonly user: User;
  /** The next tree has a greater number. */
  readonly treeAtLeast: number;
  /** What the viewer has sent; asked when a worker takes the session. */
  readonly files?: () => readonly FileFact[];
  /** Paths of the pages that the viewer may see, asked at the moment of moving in; all where nothing is said. */
  readonly pages?: () => readonly string[];
  /** The viewer's access token, or why there is none; asked when a service is asked as the viewer. */
  readonly bearer?: () => Promise<Bearer>;
  /** The last commit, where there is one. */
  readonly core: Buffer | undefined;
  readonly state: Buffer | undefined;
}

/** `moved` promises that no event after the last commit was handed to the worker: a click among them has not run. */
export type LostWhy = "crashed" | "blocked" | "memory" | "moved" | "reload";

/** Bytes that come from a worker as they are asked for: once, by one reader. */
export interface Flow {
  /** The next bytes; none at the end. Rejects where it cannot go on. */
  next(): Promise<Buffer | undefined>;
  /** Nobody wants more of it. */
  cancel(): void;
}

/** Bytes that the page of a session refers to. */
export interface OfferedBytes {
  readonly handle: string;
  readonly mime: string;
  readonly fileName?: string;
  readonly bytes: Buffer | Flow;
}

/** What a session hears of its worker. */
export interface SessionListener {
  text(message: WorkerMessage, text: string, done: number | undefined): void;
  commit(event: number, core: Buffer, state: Buffer | undefined): void;
  bytes(content: OfferedBytes): void;
  release(handles: readonly string[]): void;
  /** A widget takes files. */
  slot(slot: UploadSlot): void;
  /** A part of a file; nothing where it is gone. */
  read(read: FileRead): Buffer | undefined;
  /** The worker no longer has this session. `offender`: its own run was the cause; `place`: "app.ts:12" where known. */
  lost(why: LostWhy, offender: boolean, place: string | undefined): void;
}

/** A session that lives in a worker. Calls after `lost` or `close` do nothing. */
export interface Placed {
  /** Number of the last event that the worker was given, 0 for none: later ones waited and never reached it. */
  readonly sent: number;
  event(n: number, text: string): void;
  /** Sends the whole tree again. */
  resend(): void;
  /** Runs the page again without an event, unless a run goes on. */
  rerun(): void;
  /** The viewer has sent a file more. */
  file(fact: FileFact): void;
  stop(): void;
  close(): void;
}

export interface PageLink {
  readonly path: string;
  readonly title: string;
  readonly icon: string;
  /** Who of those who may open the app may see it, as its author says. */
  readonly allow?: AccessRule | undefined;
}

export interface Pool {
  /** Waits for a worker that has the app; rejects with `PoolClosed` when stopping. */
  place(listener: SessionListener, opening: Opening): Promise<Placed>;
  /** The app is loaded, or it is known why not. */
  readonly started: Promise<void>;
  /** Pages of the version in force: the same list as long as that version is. */
  readonly pages: readonly PageLink[];
  /** Workers that ended otherwise than by being told to, so far. */
  readonly falls: number;
  /** Why the newest save does not compile or load. */
  readonly problem: string | undefined;
  readonly onProblem: (listener: (problem: string | undefined) => void) => void;
  /** One line: which sandbox is in force. */
  readonly sandbox: string;
  stop(): Promise<void>;
}

/** The parts of the configuration that workers depend on: the whole of it fits. */
export interface PoolConfig {
  readonly runner: {
    /** How many processes run the author's code; 0 stands for the cores. */
    readonly workers: number;
    /** Which sessions share a process. */
    readonly isolation: "shared" | "session";
    readonly network: "none" | "host";
    readonly sandbox: "auto" | "bubblewrap" | "none";
    /** A run may keep its worker from answering for so long. */
    readonly maxBlockSeconds: number;
    /** Resident memory of one worker. */
    readonly maxMemoryMb: number;
    readonly enforceSerializableSessionState: boolean;
    /** How long answers of connections are used again, in ms. */
    readonly connectionDefaultTTL?: number | undefined;
  };
  readonly client: {
    /** `auto`: to authors while they edit. */
    readonly showErrorDetails: "auto" | ErrorDetails;
  };
  readonly session: { readonly maxStateBytes: number };
  /** Without it, secrets are not in the environment of workers. */
  readonly secrets?: { readonly environment: boolean; readonly shown: readonly string[] };
  readonly server: {
    /** Values of cached functions in memory, and on disk. */
    readonly fileWatcherType?: "auto" | "poll";
    readonly maxUploadSize?: number;
    readonly maxCacheDataSize: number;
    readonly maxCacheDiskSize: number;
  };
}

export interface PoolOptions extends Pick<CompilerPlan, "compiler" | "lastBuild"> {
  readonly appFolder: string;
  /** The first page: a file in the app's folder. */
  readonly script: string;
  readonly stateFolder: string;
  /** Watch the app's files and take up every save. */
  readonly editing: boolean;
  readonly config: PoolConfig;
  /** What the author reads as `st.secrets`, without `[connections]` and `[auth]`. */
  readonly secrets: Readonly<Record<string, unknown>>;
  /** Where they were looked for. */
  readonly secretPlaces?: readonly string[];
  /** The `[connections]` section of the configuration as it stands: only the broker reads it. */
  readonly connections: Readonly<Record<string, unknown>>;
  /** What stands of them in secrets, which the broker reads. */
  readonly brokerSecrets?: BrokerSecrets;
  /** What authors may read of the configuration, by name of the option. */
  readonly optionValues?: Readonly<Record<string, Json>>;
  readonly log: Logger;
}

/** What has changed in the secrets. */
export interface SecretChange {
  /** The author's. */
  readonly secrets?: PoolOptions["secrets"] | undefined;
  /** Those of connections, of which the gateway knows no more than this. */
  readonly writes?: BrokerSecrets["writes"] | undefined;
}

/** A pool whose processes are on their way. */
export interface StartingPool {
  /** Takes sessions at once; they wait for a worker. */
  readonly pool: Pool;
  /** The first answer of the compiler is there: the app is compiled, or it is known why not. */
  readonly compiled: Promise<void>;
  /** Starts the workers; waits until the app is loaded, or cannot be. Rejects where no worker can ever start. */
  readonly begin: () => Promise<void>;
  /** Takes up other secrets: new workers have them and take the sessions over; the broker reads its own again. */
  readonly changeSecrets: (change: SecretChange) => void;
}

/** The pool is stopping: no session can be placed any more. */
export class PoolClosed extends Error {
  override readonly name = "PoolClosed";
  readonly code = "ERR_POOL_CLOSED";

  constructor() {
    super("The server is stopping.");
  }
}

/** The workers cannot be started as the configuration demands; the message names the fix. */
export class PoolRefused extends Error {
  override readonly name = "PoolRefused";
  readonly code = "ERR_POOL_REFUSED";
}
