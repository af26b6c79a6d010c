/** The files of an audit log: `000000000000001.jsonl`, named by its first entry, and so on; and the head. */
import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { maxLineChars } from "./chain.ts";

const fileGrammar = /^(\d{15})\.jsonl$/;
// A link could lead to a file that somebody else reads.
const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDWR } = constants;
const ownerOnly = 0o600;

/** Names of all files, the oldest first. */
export function logFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => fileGrammar.test(name))
    .toSorted();
}

export function firstOf(file: string): number {
  return Number(fileGrammar.exec(file)?.[1]);
}

export function fileFrom(n: number): string {
  return `${String(n).padStart(15, "0")}.jsonl`;
}

export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** One file that only grows. */
export class Growing {
  readonly #descriptor: number;
  #size: number;

  constructor(folder: string, name: string) {
    this.#descriptor = openSync(join(folder, name), O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, ownerOnly);
    this.#size = fstatSync(this.#descriptor).size;
  }

  get size(): number {
    return this.#size;
  }

  /** Another process has written to it since. */
  get isChanged(): boolean {
    return fstatSync(this.#descriptor).size !== this.#size;
  }

  /** The last whole line; what a crash left of one after it is cut away. */
  lastLine(): string | undefined {
    this.#size = fstatSync(this.#descriptor).size;
    const length = Math.min(this.#size, 2 * maxLineChars);
    const bytes = Buffer.alloc(length);
    readSync(this.#descriptor, bytes, 0, length, this.#size - length);
    const end = bytes.lastIndexOf(10) + 1;
    if (end < length) this.#cut(this.#size - (length - end));
    return end === 0
      ? undefined
      : bytes
          .toString("latin1", 0, end - 1)
          .split("\n")
          .at(-1);
  }

  append(line: string): void {
    const bytes = Buffer.from(line, "latin1");
    try {
      if (writeSync(this.#descriptor, bytes) !== bytes.length) throw new Error("The disk is full.");
    } catch (error) {
      this.#cut(this.#size); // half a line would stand before the next
      throw error;
    }
    this.#size += bytes.length;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #cut(size: number): void {
    ftruncateSync(this.#descriptor, size);
    this.#size = size;
  }
}

/** The head is one short text that is written over again and again. */
export class HeadFile {
  readonly #descriptor: number;

  constructor(folder: string) {
    this.#descriptor = openSync(join(folder, "head"), O_RDWR | O_CREAT | O_NOFOLLOW, ownerOnly);
  }

  read(): string {
    const bytes = Buffer.alloc(512);
    return bytes.toString("latin1", 0, readSync(this.#descriptor, bytes, 0, bytes.length, 0));
  }

  write(text: string): void {
    writeSync(this.#descriptor, text, 0, "latin1");
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

export function readHeadFile(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, "head"), "latin1");
  } catch {
    return undefined; // that there is none is told by who asks
  }
}
