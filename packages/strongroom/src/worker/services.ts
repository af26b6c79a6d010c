import type { Json } from "../wire/schema.ts";
import type { BrokerRequest } from "../wire/query.ts";
import type { BrokerResult } from "../wire/query-answer.ts";
import type { AuthMessage } from "../wire/messages.ts";
import type { SharedValues } from "./cache-client.ts";
import type { Parse } from "../wire/reading.ts";
import type { FileRead, UploadSlot } from "../wire/upload.ts";
import type { Pieces } from "./pieces.ts";
import type { Thrown } from "./thrown.ts";

/** Writes an error into the log; `thrown` says where, for a value that is no Error. */
export type Report = (error: unknown, thrown?: Thrown) => void;

/** What the worker's process offers to runs: values, not globals. */
export interface Services {
  /** Hands bytes to the gateway and answers the handle under which this session's browser may fetch them. */
  readonly offer: (session: number, content: Offered) => string;
  /** The same for bytes that are made while they are fetched, once. */
  readonly flow: (session: number, content: OfferedFlow) => Promise<string>;
  /** Says that a widget of the session takes files, and answers where they are to be sent. */
  readonly takeFiles: (session: number, slot: Omit<UploadSlot, "slot">) => string;
  /** Reads a part of a file that the session's viewer sent; nothing where it is gone. */
  readonly readFile: (session: number, read: FileRead) => Promise<Uint8Array | undefined>;
  /** Reads such a file as a table, by its columns, as bytes of our grammar; nothing where it cannot be read. */
  readonly readTable: (session: number, parse: Parse) => Promise<Uint8Array | undefined>;
  /** Asks the broker, until the signal says that nobody waits any more. Rejects with a message for the author. */
  readonly ask: (session: number, request: BrokerRequest, signal: AbortSignal) => Promise<BrokerResult>;
  /** Asks the page of a session to go where its viewer signs in or out. */
  readonly tell: (session: number, message: AuthMessage) => void;
  /** Writes an error that a page shows into the log, under the same id. */
  readonly report: Report;
  readonly secrets: Readonly<Record<string, unknown>>;
  /** Where secrets were looked for; the app's own file is the last. */
  readonly secretPlaces?: readonly string[];
  /** Name the secrets that are hidden, those of this worker first: what is kept of others is not taken up. */
  readonly secretStamps?: readonly string[];
  readonly options: WorkerOptions;
  /** What lives as long as this worker: the values of cached functions. */
  readonly shared: Map<string, unknown>;
  /** Values of cached functions that all workers share. Default: each has its own. */
  readonly cache?: SharedValues;
  /** True where all code of the app went through the compiler, which says what cached functions read. Default `false`. */
  readonly isCompiled?: boolean;
  /** True for a text that stands in the source of the app. Without it, of none is it known. */
  readonly isSourceText?: (text: string) => boolean;
}

export interface Offered {
  readonly bytes: Uint8Array;
  readonly mime: string;
  /** The name under which it is saved, for downloads. */
  readonly fileName?: string;
}

export interface OfferedFlow extends Omit<Offered, "bytes"> {
  readonly pieces: Pieces;
}

export interface WorkerOptions {
  readonly appFolder: string;
  readonly showErrorDetails: "full" | "stacktrace" | "type" | "none";
  readonly enforceSerializableSessionState: boolean;
  readonly maxStateBytes: number;
  /** `runner.connectionDefaultTTL`: the `ttl` of connections that name none. */
  readonly connectionDefaultTtl?: number | string;
  /** Values of cached data that one worker keeps for itself. */
  readonly maxCacheBytes: number;
  /** The largest file that a viewer may send. Default 200 MB. */
  readonly maxUploadBytes?: number;
  /** What `st.getOption` reads: options that are not secret, by name; null where none is set. */
  readonly values?: Json;
}
