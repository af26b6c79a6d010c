import type { Records } from "./records.ts";

/** A session as it is kept: opaque bytes, under a name that says nothing. */
export interface StoredSession {
  /** What the gateway knows of the session, and the worker's dump without its state. */
  readonly head: Buffer;
  readonly state: Buffer | undefined;
}

/** One session to write. */
export interface SessionWrite {
  /** A hash of the session's token: whoever reads the store can take up no session. */
  readonly id: string;
  readonly head: Buffer;
  /** Leave out where it has not changed. */
  readonly state?: Buffer;
}

/** Keeps sessions beyond the life of this process. Every method may reject; nothing is half written then. */
export interface Store {
  /** Writes all of them, or none. */
  put(sessions: readonly SessionWrite[]): Promise<void>;
  get(id: string): Promise<StoredSession | undefined>;
  delete(ids: readonly string[]): Promise<void>;
  /** Says that these are still in use. */
  touch(ids: readonly string[]): Promise<void>;
  /** Removes sessions that were neither written nor touched since then, in ms of the clock; answers how many. */
  deleteUnusedSince(time: number): Promise<number>;
  /** What the gateway keeps for itself. */
  readonly records: Records;
  close(): Promise<void>;
}
