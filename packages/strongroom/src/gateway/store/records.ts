/** What the gateway keeps for itself, beside sessions. */
export type RecordKind =
  /** Who has signed in, by the hash of the viewer's cookie. */
  | "login"
  /** When somebody made use of it last. */
  | "seen"
  /** What the provider gave with it; opened only to be used. */
  | "tokens"
  /** A sign-in under way, by the hash of its cookie. */
  | "transaction"
  /** A window in which somebody signs in for a frame, by the hash of its token. */
  | "handover"
  /** What came of it, until the frame fetches it. */
  | "handed"
  /** A name that counts once. */
  | "once"
  /** Whose sign-ins ended a moment ago. */
  | "ended"
  /** A viewer whose sign-in ended a moment ago. */
  | "left"
  /** What was done to sign-ins by another process, for the audit log. */
  | "note";

export interface StoredRecord {
  readonly kind: RecordKind;
  readonly id: string;
  readonly value: Buffer;
  /** In ms of the clock; afterwards it is as if it had never been. */
  readonly expiresAt: number;
}

/** Sign-ins that came, changed or went. */
export interface LoginChanges {
  /** Tell it the next time. */
  readonly last: number;
  /** Whose; nothing where that is not known any more, and each may be meant. */
  readonly viewers: readonly string[] | undefined;
}

/** So many changes are remembered at least. */
export const keptChanges = 10_000;

/** Small values that expire. Every method may reject; nothing is half written then. */
export interface Records {
  put(records: readonly StoredRecord[]): Promise<void>;
  /** Writes all of them where the first stands, and answers whether it did: what was deleted meanwhile does not come back. */
  replace(records: readonly StoredRecord[]): Promise<boolean>;
  /** Writes it where nothing of that name stands, and answers whether it did: of many who try, one does. */
  claim(record: StoredRecord): Promise<boolean>;
  get(kind: RecordKind, id: string): Promise<Buffer | undefined>;
  /** Gives it back and removes it: of many who try, one gets it. */
  take(kind: RecordKind, id: string): Promise<Buffer | undefined>;
  /** All of a kind that have not expired. One that cannot be read is left out. */
  all(kind: RecordKind): Promise<readonly StoredRecord[]>;
  /** The names of all of a kind that have not expired. */
  ids(kind: RecordKind): Promise<readonly string[]>;
  /** What became of sign-ins after a number that was told before, whatever process brought that about. Costs little. */
  loginChanges(since?: number): Promise<LoginChanges>;
  delete(kinds: readonly RecordKind[], ids: readonly string[]): Promise<void>;
  deleteExpired(): Promise<void>;
}
