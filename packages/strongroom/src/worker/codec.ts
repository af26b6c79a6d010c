/**
 * The closed grammar in which sessions are dumped and cached values kept: one tag byte, then a fixed size or a
 * length. Nothing in it names code, and decoding makes plain data only.
 */
const tags = {
  null: 0,
  undefined: 1,
  false: 2,
  true: 3,
  number: 4,
  string: 5,
  bigint: 6,
  date: 7,
  bytes: 8,
  array: 9,
  object: 10,
  map: 11,
  set: 12,
} as const;

/** The depth at which a value counts as circular. */
const maxDepth = 100;

/** Says where in a value something stands that is not plain data. */
export class NotPlainError extends Error {
  readonly at: string;

  constructor(at: string, found: string) {
    super(`${at === "" ? "The value" : `\`${at}\``} is ${found}.`);
    this.name = "NotPlainError";
    this.at = at;
  }
}

class Writer {
  #buffer = Buffer.allocUnsafeSlow(512);
  #length = 0;

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#length + bytes));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }

  tag(tag: number): void {
    this.#room(1);
    this.#buffer[this.#length++] = tag;
  }

  length(count: number): void {
    this.#room(4);
    this.#length = this.#buffer.writeUInt32LE(count, this.#length);
  }

  double(value: number): void {
    this.#room(8);
    this.#length = this.#buffer.writeDoubleLE(value, this.#length);
  }

  text(value: string): void {
    const most = value.length * 3;
    this.#room(4 + most);
    const written = this.#buffer.write(value, this.#length + 4, "utf8");
    this.#buffer.writeUInt32LE(written, this.#length);
    this.#length += 4 + written;
  }

  raw(bytes: Uint8Array): void {
    this.length(bytes.length);
    this.#room(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  done(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#length));
  }
}

/** Encodes plain data: JSON's types, undefined, Date, Map, Set, BigInt and bytes. Anything else throws `NotPlainError`. */
export function encode(value: unknown): Buffer {
  const writer = new Writer();
  write(writer, value, "", 0);
  return writer.done();
}

function write(writer: Writer, value: unknown, at: string, depth: number): void {
  if (depth > maxDepth) throw new NotPlainError(at.slice(0, 60), `circular, or more than ${maxDepth} deep`);
  switch (typeof value) {
    case "undefined":
      return writer.tag(tags.undefined);
    case "boolean":
      return writer.tag(value ? tags.true : tags.false);
    case "number":
      writer.tag(tags.number);
      return writer.double(value);
    case "string":
      writer.tag(tags.string);
      return writer.text(value);
    case "bigint":
      writer.tag(tags.bigint);
      return writer.text(value.toString(36));
    case "object":
      return value === null ? writer.tag(tags.null) : writeObject(writer, value, at, depth + 1);
    case "function":
    case "symbol":
      throw new NotPlainError(at, `a ${typeof value}`);
  }
}

function writeObject(writer: Writer, value: object, at: string, depth: number): void {
  if (Array.isArray(value)) {
    writer.tag(tags.array);
    writer.length(value.length);
    for (let index = 0; index < value.length; index++) write(writer, value[index], `${at}[${index}]`, depth);
  } else if (value instanceof Date) {
    writer.tag(tags.date);
    writer.double(value.getTime());
  } else if (value instanceof Uint8Array) {
    writer.tag(tags.bytes);
    writer.raw(value);
  } else if (value instanceof Map) {
    writer.tag(tags.map);
    writer.length(value.size);
    for (const [key, item] of value) {
      write(writer, key, `${at}(key)`, depth);
      write(writer, item, `${at}(${typeof key === "string" ? key : "…"})`, depth);
    }
  } else if (value instanceof Set) {
    writer.tag(tags.set);
    writer.length(value.size);
    for (const item of value) write(writer, item, `${at}(member)`, depth);
  } else {
    writePlain(writer, value, at, depth);
  }
}

function writePlain(writer: Writer, value: object, at: string, depth: number): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    const name = (prototype as { constructor?: { name?: string } }).constructor?.name ?? "an object";
    throw new NotPlainError(at, `an instance of ${name}`);
  }
  const entries = Object.entries(value);
  writer.tag(tags.object);
  writer.length(entries.length);
  for (const [key, item] of entries) {
    writer.text(key);
    write(writer, item, at === "" ? key : `${at}.${key}`, depth);
  }
}

class Reader {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get ended(): boolean {
    return this.#at === this.#buffer.length;
  }

  tag(): number {
    return this.#buffer.readUInt8(this.#at++);
  }

  /** A count of items that each take at least `bytesEach`: a longer one than the bytes left is refused. */
  length(bytesEach: number): number {
    const count = this.#buffer.readUInt32LE(this.#at);
    this.#at += 4;
    if (count * bytesEach > this.#buffer.length - this.#at) throw new RangeError("A shorter length was expected.");
    return count;
  }

  double(): number {
    const value = this.#buffer.readDoubleLE(this.#at);
    this.#at += 8;
    return value;
  }

  text(): string {
    const bytes = this.length(1);
    const value = this.#buffer.toString("utf8", this.#at, this.#at + bytes);
    this.#at += bytes;
    return value;
  }

  raw(): Uint8Array {
    const bytes = this.length(1);
    const value = Uint8Array.from(this.#buffer.subarray(this.#at, this.#at + bytes));
    this.#at += bytes;
    return value;
  }
}

/** Decodes what `encode` wrote. Anything else throws. */
export function decode(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  const value = read(reader, 0);
  if (!reader.ended) throw new RangeError("The end of the value was expected.");
  return value;
}

function read(reader: Reader, depth: number): unknown {
  if (depth > maxDepth + 1) throw new RangeError("A shallower value was expected.");
  const tag = reader.tag();
  switch (tag) {
    case tags.null:
      return null;
    case tags.undefined:
      return undefined;
    case tags.false:
      return false;
    case tags.true:
      return true;
    case tags.number:
      return reader.double();
    case tags.string:
      return reader.text();
    case tags.bigint:
      return readBigInt(reader.text());
    case tags.date:
      return new Date(reader.double());
    case tags.bytes:
      return reader.raw();
    default:
      return readCollection(reader, tag, depth + 1);
  }
}

function readCollection(reader: Reader, tag: number, depth: number): unknown {
  switch (tag) {
    case tags.array:
      return Array.from({ length: reader.length(1) }, () => read(reader, depth));
    case tags.set:
      return new Set(Array.from({ length: reader.length(1) }, () => read(reader, depth)));
    case tags.map:
      return new Map(Array.from({ length: reader.length(2) }, () => [read(reader, depth), read(reader, depth)]));
    case tags.object: {
      const object: Record<string, unknown> = {};
      for (let left = reader.length(5); left > 0; left--) {
        const key = reader.text();
        // Not an assignment: `__proto__` as a key must stay a key.
        Object.defineProperty(object, key, { value: read(reader, depth), enumerable: true, writable: true, configurable: true });
      }
      return object;
    }
    default:
      throw new RangeError("A known tag was expected.");
  }
}

function readBigInt(text: string): bigint {
  const negative = text.startsWith("-");
  let value = 0n;
  for (const digit of negative ? text.slice(1) : text) {
    const number = Number.parseInt(digit, 36);
    if (Number.isNaN(number)) throw new RangeError("Digits of a whole number were expected.");
    value = value * 36n + BigInt(number);
  }
  return negative ? -value : value;
}
