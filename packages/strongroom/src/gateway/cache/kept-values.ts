/** Where a value stands: those of one function, for everybody or for one viewer, form a group. */
export interface ValuePlace {
  readonly group: string;
  readonly key: string;
}

export interface KeptValue {
  readonly value: Buffer;
  /** In ms of the clock. */
  readonly madeAt: number;
}

/** What one group may hold. */
export interface GroupLimits {
  readonly maxEntries?: number | undefined;
  readonly maxBytes?: number | undefined;
}

interface Entry extends KeptValue, ValuePlace {
  /** A failed attempt to make it anew is not repeated before. */
  restsUntil: number;
}

interface Group {
  /** The one used last comes last. */
  readonly entries: Map<string, Entry>;
  bytes: number;
}

/** What a value costs beside its own bytes. */
const overheadBytes = 500;

/** Values in memory, as opaque bytes: in all no more than was allowed, the one that was not used for longest goes first. */
export class KeptValues {
  readonly #maxBytes: number;
  readonly #groups = new Map<string, Group>();
  readonly #order = new Set<Entry>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#order.size;
  }

  *values(): Iterable<Buffer> {
    for (const { value } of this.#order) yield value;
  }

  /** The value of a place, which is now the one used last. */
  find({ group, key }: ValuePlace): Entry | undefined {
    const entries = this.#groups.get(group)?.entries;
    const entry = entries?.get(key);
    if (entry === undefined || entries === undefined) return undefined;
    entries.delete(key);
    entries.set(key, entry);
    this.#order.delete(entry);
    this.#order.add(entry);
    return entry;
  }

  /** Keeps a value, unless it alone is more than all may be. */
  keep({ group: name, key }: ValuePlace, kept: KeptValue, limits: GroupLimits): void {
    this.delete({ group: name, key });
    const entry: Entry = { ...kept, group: name, key, restsUntil: 0 };
    if (sizeOf(entry) > this.#maxBytes) return;
    let group = this.#groups.get(name);
    if (group === undefined) this.#groups.set(name, (group = { entries: new Map(), bytes: 0 }));
    group.entries.set(key, entry);
    group.bytes += sizeOf(entry);
    this.#order.add(entry);
    this.#bytes += sizeOf(entry);
    this.#makeRoom(group, entry, limits);
  }

  delete({ group, key }: ValuePlace): void {
    const entry = this.#groups.get(group)?.entries.get(key);
    if (entry !== undefined) this.#drop(entry);
  }

  deleteGroup(group: string): void {
    for (const entry of this.#groups.get(group)?.entries.values() ?? []) this.#drop(entry);
  }

  deleteAll(): void {
    this.#groups.clear();
    this.#order.clear();
    this.#bytes = 0;
  }

  #makeRoom(group: Group, newest: Entry, { maxEntries = Infinity, maxBytes = Infinity }: GroupLimits): void {
    for (const entry of group.entries.values()) {
      // One that is larger than its group may be is kept alone.
      if (entry === newest || (group.entries.size <= maxEntries && group.bytes <= maxBytes)) break;
      this.#drop(entry);
    }
    for (const entry of this.#order) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#drop(entry);
    }
  }

  #drop(entry: Entry): void {
    const group = this.#groups.get(entry.group);
    if (group === undefined || !this.#order.delete(entry)) return;
    group.entries.delete(entry.key);
    group.bytes -= sizeOf(entry);
    this.#bytes -= sizeOf(entry);
    if (group.entries.size === 0) this.#groups.delete(entry.group);
  }
}

function sizeOf({ value }: Entry): number {
  return value.length + overheadBytes;
}
