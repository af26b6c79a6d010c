/** Bytes that arrive in pieces, in memory only: nothing of them is ever a file. */
const blockBytes = 1024 * 1024;

export class Blocks {
  readonly #blocks: Buffer<ArrayBuffer>[] = [];
  readonly #expected: number;
  #used = blockBytes;
  size = 0;

  /** `expected`: how many bytes were announced; memory is taken only as they come. */
  constructor(expected: number) {
    this.#expected = expected;
  }

  /** Copies a piece: what the socket read it into is far larger. */
  add(piece: Uint8Array): void {
    for (let at = 0; at < piece.length;) {
      let block = this.#blocks.at(-1);
      if (block === undefined || this.#used === block.length) {
        const left = Math.max(piece.length - at, Math.min(this.#expected - this.size, blockBytes), 1);
        block = taken(Math.min(left, blockBytes));
        this.#blocks.push(block);
        this.#used = 0;
      }
      const part = piece.subarray(at, at + block.length - this.#used);
      block.set(part, this.#used);
      this.#used += part.length;
      this.size += part.length;
      at += part.length;
    }
  }

  /** A copy of a part; shorter where the end comes first. */
  read(from: number, length: number): Buffer {
    const to = Math.min(this.size, from + length);
    if (to <= from) return Buffer.alloc(0);
    const out = Buffer.allocUnsafe(to - from);
    let start = 0;
    for (const block of this.#blocks) {
      const end = start + block.length;
      if (end > from && start < to)
        block.copy(
          out,
          Math.max(0, start - from),
          Math.max(0, from - start),
          Math.min(block.length, to - start),
        );
      start = end;
      if (start >= to) break;
    }
    return out;
  }

  /** Gives the memory back, now: a collector of garbage may be hours away. */
  clear(): void {
    for (const { buffer } of this.#blocks) buffer.transferToFixedLength(0);
    this.#blocks.length = 0;
    this.#used = blockBytes;
    this.size = 0;
  }
}

/** Below this, pages of its own would waste memory, and the system gives a process only so many. */
const ownPagesFrom = 256 * 1024;

/** Bytes of which the system gets back all: pages of their own, which a buffer has that could be resized. */
function taken(bytes: number): Buffer<ArrayBuffer> {
  return bytes < ownPagesFrom
    ? Buffer.allocUnsafeSlow(bytes)
    : Buffer.from(new ArrayBuffer(bytes, { maxByteLength: bytes }));
}
