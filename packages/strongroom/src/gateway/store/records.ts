/** What the gateway keeps for itself, beside sessions. */
export type RecordKind =
  /** Who has signed in, by the hash of the viewer's cookie. */
  | "login"
  /** What the provider gave with it; opened only to be used. */
  | "tokens"
  /** A sign-in under way, by the hash of its cookie. */
  | "transaction"
  /** A name that counts once. */
  | "once";

export interface StoredRecord {
  readonly kind: RecordKind;
  readonly id: string;
  readonly value: Buffer;
  /** In ms of the clock; afterwards it is as if it had never been. */
  readonly expiresAt: number;
}

/** Small values that expire. Every method may reject; nothing is half written then. */
export interface Records {
  put(records: readonly StoredRecord[]): Promise<void>;
  /** Writes it where nothing of that name stands, and answers whether it did: of many who try, one does. */
  claim(record: StoredRecord): Promise<boolean>;
  get(kind: RecordKind, id: string): Promise<Buffer | undefined>;
  /** Gives it back and removes it: of many who try, one gets it. */
  take(kind: RecordKind, id: string): Promise<Buffer | undefined>;
  /** All of a kind that have not expired. One that cannot be read is left out. */
  all(kind: RecordKind): Promise<readonly StoredRecord[]>;
  delete(kinds: readonly RecordKind[], ids: readonly string[]): Promise<void>;
  deleteExpired(): Promise<void>;
}
