import { NotPlainError, decode, encode } from "./codec.ts";
import { StrongroomError } from "./errors.ts";
import { uploadedFiles } from "./uploaded-file.ts";

/** What a session keeps under the author's own keys. */
export class SessionStateStore {
  readonly #values = new Map<string, unknown>();
  /** Encoded values; a missing one is encoded at the next dump. */
  readonly #encoded = new Map<string, Buffer>();
  /** Keys whose value is mutable and was handed out: it may have changed without a `set`. */
  readonly #lent = new Set<string>();
  readonly #enforcePlain: boolean;
  #changed = false;
  #tooLarge = false;

  constructor(enforcePlain: boolean) {
    this.#enforcePlain = enforcePlain;
  }

  get(key: string): unknown {
    const value = this.#values.get(key);
    if (typeof value === "object" && value !== null) this.#lent.add(key);
    return value;
  }

  /** The values, to look at and not to keep: none of them counts as handed out. */
  look(): Iterable<unknown> {
    return this.#values.values();
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  keys(): IterableIterator<string> {
    return this.#values.keys();
  }

  /** Keeps a value; one that is not plain data is refused here, at the author's line. */
  set(key: string, value: unknown): void {
    if (typeof value === "object" && value !== null) {
      this.#encoded.delete(key);
      if (this.#enforcePlain) this.#encoded.set(key, this.#encode(key, value));
      this.#lent.add(key);
    } else {
      if (this.#values.get(key) === value && this.#values.has(key)) return;
      if (typeof value === "function" || typeof value === "symbol") this.#encode(key, value);
      this.#encoded.delete(key);
    }
    this.#values.set(key, value);
    this.#changed = true;
  }

  delete(key: string): boolean {
    this.#encoded.delete(key);
    this.#lent.delete(key);
    const had = this.#values.delete(key);
    if (had) this.#changed = true;
    return had;
  }

  #encode(key: string, value: unknown): Buffer {
    try {
      return encode(value, uploadedFiles);
    } catch (error) {
      if (!(error instanceof NotPlainError)) throw error;
      if (!this.#enforcePlain) return Buffer.alloc(0);
      const place = `${key}${error.at === "" || error.at.startsWith("[") ? "" : "."}${error.at}`;
      throw new StrongroomError(
        "ERR_STATE_NOT_PLAIN",
        `st.sessionState.${place} is ${error.found}. Session state holds plain data (JSON's types, Date, Map, Set, BigInt, ` +
          "bytes, viewers' files), which survives a restart; keep live things in st.cacheResource.",
      );
    }
  }

  /** The state as bytes when it changed since the last dump; more than `maxBytes` is not kept, and said once. */
  dump(maxBytes: number): StateDump | undefined {
    for (const key of this.#lent) {
      const bytes = this.#encode(key, this.#values.get(key));
      const before = this.#encoded.get(key);
      if (before === undefined || !before.equals(bytes)) this.#changed = true;
      this.#encoded.set(key, bytes);
    }
    this.#lent.clear();
    if (!this.#changed) return undefined;
    this.#changed = false;
    const pairs = this.#pairs();
    const bytes = encode(pairs);
    const isTooLarge = bytes.length > maxBytes;
    const isNews = isTooLarge && !this.#tooLarge;
    this.#tooLarge = isTooLarge;
    if (!isTooLarge) return { bytes, weight: bytes.length, heaviest: undefined };
    return { bytes: encode([]), weight: bytes.length, heaviest: isNews ? heaviestOf(pairs) : undefined };
  }

  #pairs(): readonly (readonly [string, Buffer])[] {
    const pairs: [string, Buffer][] = [];
    for (const [key, value] of this.#values) {
      let bytes = this.#encoded.get(key);
      if (bytes === undefined) this.#encoded.set(key, (bytes = this.#encode(key, value)));
      if (bytes.length > 0) pairs.push([key, bytes]);
    }
    return pairs;
  }

  /** Leaves out what `dump` wrote: the next one replaces it. */
  forgo(): void {
    this.#changed = true;
  }

  /** Takes up what `dump` wrote; anything else throws. */
  restore(bytes: Uint8Array): void {
    const pairs = decode(bytes);
    if (!Array.isArray(pairs)) throw new RangeError("A list of names and values was expected.");
    for (const [key, value] of pairs as unknown[][]) {
      if (typeof key !== "string" || !(value instanceof Uint8Array))
        throw new RangeError("A name and its value were expected.");
      this.#values.set(key, decode(value, uploadedFiles));
      this.#encoded.set(key, Buffer.from(value));
    }
  }
}

/** What a session's state is worth keeping of. */
export interface StateDump {
  readonly bytes: Buffer;
  readonly weight: number;
  /** The heaviest keys, when the state has just become too large to be restored. */
  readonly heaviest: string | undefined;
}

function heaviestOf(pairs: readonly (readonly [string, Buffer])[]): string {
  const heaviest = pairs.toSorted((a, b) => b[1].length - a[1].length).slice(0, 3);
  return heaviest.map(([key, { length }]) => `${key.slice(0, 100)} (${weightText(length)})`).join(", ");
}

function weightText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
