import {
  keptChanges,
  type LoginChanges,
  type RecordKind,
  type Records,
  type StoredRecord,
} from "./records.ts";

/** Keeps records as long as this process lives. */
export class MemoryRecords implements Records {
  readonly #records = new Map<string, StoredRecord>();
  readonly #now: () => number;
  /** Whose sign-ins changed, after so many changes that are not remembered. */
  #changed: string[] = [];
  #forgotten = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  async put(records: readonly StoredRecord[]): Promise<void> {
    for (const record of records) this.#put(record);
  }

  async replace(records: readonly StoredRecord[]): Promise<boolean> {
    const [first] = records;
    if (first === undefined || !this.#records.has(placeOf(first.kind, first.id))) return false;
    for (const record of records) this.#put(record);
    return true;
  }

  async claim(record: StoredRecord): Promise<boolean> {
    if (this.#find(record.kind, record.id) !== undefined) return false;
    this.#put(record);
    return true;
  }

  async get(kind: RecordKind, id: string): Promise<Buffer | undefined> {
    return this.#find(kind, id)?.value;
  }

  async take(kind: RecordKind, id: string): Promise<Buffer | undefined> {
    const found = this.#find(kind, id);
    this.#remove(placeOf(kind, id));
    return found?.value;
  }

  async all(kind: RecordKind): Promise<readonly StoredRecord[]> {
    const now = this.#now();
    return [...this.#records.values()].filter((record) => record.kind === kind && record.expiresAt > now);
  }

  async ids(kind: RecordKind): Promise<readonly string[]> {
    return (await this.all(kind)).map(({ id }) => id);
  }

  async loginChanges(since = this.#forgotten + this.#changed.length): Promise<LoginChanges> {
    const last = this.#forgotten + this.#changed.length;
    const isKnown = since >= this.#forgotten && since <= last;
    return {
      last,
      viewers: isKnown ? [...new Set(this.#changed.slice(since - this.#forgotten))] : undefined,
    };
  }

  async delete(kinds: readonly RecordKind[], ids: readonly string[]): Promise<void> {
    for (const kind of kinds) for (const id of ids) this.#remove(placeOf(kind, id));
  }

  async deleteExpired(): Promise<void> {
    for (const [place, { expiresAt }] of this.#records) if (expiresAt <= this.#now()) this.#remove(place);
    this.#forgotten += this.#changed.splice(0, Math.max(0, this.#changed.length - keptChanges)).length;
  }

  clear(): void {
    this.#records.clear();
  }

  #find(kind: RecordKind, id: string): StoredRecord | undefined {
    const found = this.#records.get(placeOf(kind, id));
    return found !== undefined && found.expiresAt > this.#now() ? found : undefined;
  }

  #put(record: StoredRecord): void {
    const place = placeOf(record.kind, record.id);
    if (record.kind === "login") this.#changed.push(record.id);
    this.#records.set(place, { ...record, value: Buffer.from(record.value) });
  }

  #remove(place: string): void {
    const found = this.#records.get(place);
    if (this.#records.delete(place) && found?.kind === "login") this.#changed.push(found.id);
  }
}

function placeOf(kind: RecordKind, id: string): string {
  return `${kind}/${id}`;
}
