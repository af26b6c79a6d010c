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
  /** Text that is not well-formed, as UTF-16. */
  string16: 13,
  /** A place of a list where nothing stands. */
  hole: 14,
  /** An object without a prototype. */
  bare: 15,
  /** A list of numbers of one kind, by its place in `numberLists`. */
  numbers: 16,
  /** Something that is known by a name, which is a value of its own. */
  reference: 17,
} as const;

/** The lists of numbers of one kind. Their order stands in what was written: only to be added to. */
const numberLists = [
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const;

/** Values deeper than this are refused. */
const maxDepth = 100;
/** Up to this length, text is written character by character: that is faster than the call of the runtime. */
const shortChars = 24;

/** Says where in a value something stands that is not plain data. */
export class NotPlainError extends Error {
  /** Empty for the value itself. */
  readonly at: string;
  /** What stands there, as the end of a sentence. */
  readonly found: string;

  constructor(at: string, found: string) {
    super(`${at === "" ? "The value" : `\`${at}\``} is ${found}.`);
    this.name = "NotPlainError";
    this.at = at;
    this.found = found;
  }
}

/** Objects that are no plain data, and are written as what they are known by: only where a caller says which. */
export interface References {
  /** What an object is known by; nothing where it is none of these. */
  readonly nameOf: (value: object) => unknown;
  /** The object of a name; throws where it can be none. */
  readonly byName: (name: unknown) => object;
}

/** Where values are written before their length is known; each is copied out whole. */
const scratch = Buffer.allocUnsafeSlow(65_536);
let isScratchTaken = false;

class Writer {
  #buffer: Buffer;
  #length = 0;

  constructor(buffer: Buffer = Buffer.allocUnsafe(256)) {
    this.#buffer = buffer;
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + bytes));
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
    // There are many kinds of NaN in memory, and one in the language.
    this.#length = this.#buffer.writeDoubleLE(Number.isNaN(value) ? Number.NaN : value, this.#length);
  }

  text(value: string): void {
    if (value.length <= shortChars && this.#short(value)) return;
    const bytes = Buffer.byteLength(value);
    this.length(bytes);
    this.#room(bytes);
    this.#length += this.#buffer.write(value, this.#length, "utf8");
  }

  /** Writes short ASCII; anything else is left to the caller. */
  #short(value: string): boolean {
    const { length } = value;
    this.#room(4 + length);
    const start = this.#length + 4;
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      if (code > 127) return false;
      this.#buffer[start + index] = code;
    }
    this.#buffer.writeUInt32LE(length, this.#length);
    this.#length = start + length;
    return true;
  }

  raw(bytes: Uint8Array): void {
    this.length(bytes.length);
    this.bytes(bytes);
  }

  bytes(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  done(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#length));
  }
}

/**
 * Encodes plain data: JSON's types, undefined, Date, Map, Set, BigInt, bytes and lists of numbers. Anything else throws
 * `NotPlainError`. Different data has different bytes; the order of names and members is a part of it.
 */
export function encode(value: unknown, references?: References): Buffer {
  // A getter of the author's may encode in the middle of this.
  if (isScratchTaken) return written(value, new Writer(), references);
  isScratchTaken = true;
  try {
    return written(value, new Writer(scratch), references);
  } finally {
    isScratchTaken = false;
  }
}

function written(value: unknown, writer: Writer, references: References | undefined): Buffer {
  new Walk(writer, references).write(value);
  return writer.done();
}

/** One way through a value; knows where it is. */
class Walk {
  /** The objects in which the place stands, and the names on the way to it. */
  #holders: object[] = [];
  #names: (string | number)[] = [];
  readonly writer: Writer;
  readonly #references: References | undefined;

  constructor(writer: Writer, references: References | undefined) {
    this.writer = writer;
    this.#references = references;
  }

  write(value: unknown): void {
    const { writer } = this;
    switch (typeof value) {
      case "undefined":
        return writer.tag(tags.undefined);
      case "boolean":
        return writer.tag(value ? tags.true : tags.false);
      case "number":
        writer.tag(tags.number);
        return writer.double(value);
      case "string":
        return this.#text(value);
      case "bigint":
        writer.tag(tags.bigint);
        return writer.text(value.toString(36));
      case "object":
        return value === null ? writer.tag(tags.null) : this.#object(value);
      case "function":
      case "symbol":
        throw this.#notPlain(`a ${typeof value}`);
    }
  }

  #text(value: string): void {
    const { writer } = this;
    if (value.isWellFormed()) {
      writer.tag(tags.string);
      return writer.text(value);
    }
    // Half a pair of surrogates has no UTF-8.
    writer.tag(tags.string16);
    writer.raw(Buffer.from(value, "utf16le"));
  }

  #object(value: object): void {
    const { writer } = this;
    if (value instanceof Date) {
      writer.tag(tags.date);
      return writer.double(value.getTime());
    }
    if (value instanceof Uint8Array) {
      writer.tag(tags.bytes);
      return writer.raw(value);
    }
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return this.#numbers(value);
    if (this.#holders.includes(value)) throw this.#notPlain("circular");
    if (this.#holders.length >= maxDepth) throw this.#notPlain(`more than ${maxDepth} deep`);
    this.#holders.push(value);
    if (Array.isArray(value)) this.#array(value);
    else if (value instanceof Map) this.#map(value);
    else if (value instanceof Set) this.#set(value);
    else this.#plain(value);
    this.#holders.pop();
  }

  #array(value: readonly unknown[]): void {
    const { writer } = this;
    writer.tag(tags.array);
    writer.length(value.length);
    const at = this.#names.push(0) - 1;
    for (let index = 0; index < value.length; index++) {
      this.#names[at] = index;
      const item = value[index];
      if (item === undefined && !(index in value)) writer.tag(tags.hole);
      else this.write(item);
    }
    this.#names.pop();
  }

  #numbers(value: ArrayBufferView): void {
    const kind = numberLists.findIndex((list) => value instanceof list);
    if (kind < 0) throw this.#notPlain("a list of numbers of a new kind");
    const { writer } = this;
    writer.tag(tags.numbers);
    writer.tag(kind);
    writer.raw(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  }

  #map(value: ReadonlyMap<unknown, unknown>): void {
    this.writer.tag(tags.map);
    this.writer.length(value.size);
    const at = this.#names.push("") - 1;
    for (const [key, item] of value) {
      this.#names[at] = typeof key === "string" ? key : "(key)";
      this.write(key);
      this.write(item);
    }
    this.#names.pop();
  }

  #set(value: ReadonlySet<unknown>): void {
    this.writer.tag(tags.set);
    this.writer.length(value.size);
    this.#names.push("(member)");
    for (const item of value) this.write(item);
    this.#names.pop();
  }

  #plain(value: object): void {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      const known = this.#references?.nameOf(value);
      if (known !== undefined) {
        this.writer.tag(tags.reference);
        return this.write(known);
      }
      const name = (prototype as { constructor?: { name?: string } }).constructor?.name ?? "";
      throw this.#notPlain(name === "" ? "an instance of a class" : `an instance of ${name}`);
    }
    const { writer } = this;
    const names = Object.keys(value);
    writer.tag(prototype === null ? tags.bare : tags.object);
    writer.length(names.length);
    const at = this.#names.push("") - 1;
    for (const name of names) {
      this.#names[at] = name;
      this.#text(name);
      this.write((value as Record<string, unknown>)[name]);
    }
    this.#names.pop();
  }

  #notPlain(found: string): NotPlainError {
    let at = "";
    for (const name of this.#names.slice(0, 12)) {
      if (typeof name === "number") at += `[${name}]`;
      else at += at === "" ? name : `.${name}`;
    }
    return new NotPlainError(at.slice(0, 200), found);
  }
}

class Reader {
  readonly #buffer: Buffer;
  readonly references: References | undefined;
  #at = 0;

  constructor(bytes: Uint8Array, references: References | undefined) {
    this.references = references;
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
    if (count * bytesEach > this.#buffer.length - this.#at)
      throw new RangeError("A shorter length was expected.");
    return count;
  }

  double(): number {
    const value = this.#buffer.readDoubleLE(this.#at);
    this.#at += 8;
    return value;
  }

  /** True, and one further, when this tag comes next. */
  skips(tag: number): boolean {
    if (this.#buffer[this.#at] !== tag) return false;
    this.#at++;
    return true;
  }

  text(): string {
    const bytes = this.length(1);
    const value = this.#buffer.toString("utf8", this.#at, this.#at + bytes);
    this.#at += bytes;
    return value;
  }

  text16(): string {
    const bytes = this.length(1);
    if (bytes % 2 !== 0) throw new RangeError("Whole characters were expected.");
    const value = this.#buffer.toString("utf16le", this.#at, this.#at + bytes);
    this.#at += bytes;
    return value;
  }

  raw(): Uint8Array {
    const bytes = this.length(1);
    const value = new Uint8Array(this.#buffer.subarray(this.#at, this.#at + bytes));
    this.#at += bytes;
    return value;
  }
}

/** Decodes what `encode` wrote, with the same references. Anything else throws. */
export function decode(bytes: Uint8Array, references?: References): unknown {
  const reader = new Reader(bytes, references);
  const value = read(reader, 0);
  if (!reader.ended) throw new RangeError("The end of the value was expected.");
  return value;
}

function read(reader: Reader, depth: number): unknown {
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
    case tags.string16:
      return reader.text16();
    case tags.bigint:
      return readBigInt(reader.text());
    case tags.date:
      return new Date(reader.double());
    case tags.bytes:
      return reader.raw();
    case tags.numbers:
      return readNumbers(reader);
    default:
      if (depth >= maxDepth) throw new RangeError("A shallower value was expected.");
      return readCollection(reader, tag, depth + 1);
  }
}

function readCollection(reader: Reader, tag: number, depth: number): unknown {
  switch (tag) {
    case tags.array:
      return readList(reader, reader.length(1), depth);
    case tags.set:
      return readSet(reader, reader.length(1), depth);
    case tags.map: {
      const map = new Map<unknown, unknown>();
      for (let left = reader.length(2); left > 0; left--) map.set(read(reader, depth), read(reader, depth));
      return map;
    }
    case tags.object:
      return readObject(reader, {}, depth);
    case tags.bare:
      return readObject(reader, Object.create(null) as Record<string, unknown>, depth);
    case tags.reference:
      if (reader.references === undefined) throw new RangeError("A known tag was expected.");
      return reader.references.byName(read(reader, depth));
    default:
      throw new RangeError("A known tag was expected.");
  }
}

function readList(reader: Reader, length: number, depth: number): unknown[] {
  const list: unknown[] = [];
  for (let left = length; left > 0; left--) {
    if (reader.skips(tags.hole)) list.length++;
    else list.push(read(reader, depth));
  }
  return list;
}

function readSet(reader: Reader, size: number, depth: number): Set<unknown> {
  const set = new Set<unknown>();
  for (let left = size; left > 0; left--) set.add(read(reader, depth));
  return set;
}

function readNumbers(reader: Reader): ArrayBufferView {
  const list = numberLists[reader.tag()];
  const bytes = reader.raw();
  if (list === undefined || bytes.length % list.BYTES_PER_ELEMENT !== 0)
    throw new RangeError("A known list of whole numbers was expected.");
  return new list(bytes.buffer as ArrayBuffer);
}

function readObject(reader: Reader, object: Record<string, unknown>, depth: number): Record<string, unknown> {
  for (let left = reader.length(6); left > 0; left--) {
    const name = read(reader, maxDepth);
    if (typeof name !== "string") throw new RangeError("A name was expected.");
    const value = read(reader, depth);
    // Not an assignment: `__proto__` as a name must stay a name.
    if (name === "__proto__")
      Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
    else object[name] = value;
  }
  return object;
}

function readBigInt(text: string): bigint {
  if (!/^-?[0-9a-z]+$/.test(text)) throw new RangeError("Digits of a whole number were expected.");
  const isNegative = text.startsWith("-");
  // Ten digits at a time: one by one costs a large multiplication each.
  let value = 0n;
  for (const digits of (isNegative ? text.slice(1) : text).match(/.{1,10}/g) ?? []) {
    value = value * 36n ** BigInt(digits.length) + BigInt(Number.parseInt(digits, 36));
  }
  return isNegative ? -value : value;
}
