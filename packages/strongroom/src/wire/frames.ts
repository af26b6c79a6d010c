/** Length-prefixed frames: u32 big-endian length, then that many bytes. */

const headerBytes = 4;

/** The largest frame that processes hand each other, in bytes. */
export const maxFrameBytes = 64 * 1024 * 1024;

/** Puts the length before a payload; the parts are written as one chunk. */
export function frame(...parts: readonly Uint8Array[]): Buffer {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = Buffer.allocUnsafeSlow(headerBytes + length);
  out.writeUInt32BE(length, 0);
  let at = headerBytes;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Cuts a stream of chunks into frames. A frame larger than the limit throws before it is buffered. */
export class FrameReader {
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #buffered = 0;

  constructor(maxBytes: number = maxFrameBytes) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Uint8Array): void {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#chunks.push(buffer);
    this.#buffered += buffer.length;
  }

  /** The next whole frame, or nothing until more arrives. */
  next(): Buffer | undefined {
    if (this.#buffered < headerBytes) return undefined;
    const head = this.#first(headerBytes);
    const length = head.readUInt32BE(0);
    if (length > this.#maxBytes)
      throw new RangeError(`A frame of at most ${this.#maxBytes} bytes was expected.`);
    if (this.#buffered < headerBytes + length) return undefined;
    const whole = this.#first(headerBytes + length);
    this.#buffered -= headerBytes + length;
    const payload = whole.subarray(headerBytes, headerBytes + length);
    const rest = whole.subarray(headerBytes + length);
    if (rest.length > 0) this.#chunks[0] = rest;
    else this.#chunks.shift();
    return payload;
  }

  /** Joins chunks until the first holds at least `bytes`. */
  #first(bytes: number): Buffer {
    const first = this.#chunks[0] as Buffer;
    if (first.length >= bytes) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}
