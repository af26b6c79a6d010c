import { closeSync, readSync, writeSync } from "node:fs";
import { openNamelessFile } from "./nameless-file.ts";
import type { Begun } from "./offender.ts";

const bytes = 8;

/** Eight bytes that a worker writes before each run, and that we read when it no longer answers. */
export class StatusFile {
  readonly descriptor: number = openNamelessFile();
  readonly #buffer = Buffer.alloc(bytes);
  #isOpen = true;

  constructor() {
    writeSync(this.descriptor, this.#buffer, 0, bytes, 0);
  }

  read(): Begun {
    if (this.#isOpen) readSync(this.descriptor, this.#buffer, 0, bytes, 0);
    return { session: this.#buffer.readUInt32BE(0), count: this.#buffer.readUInt32BE(4) };
  }

  /** What was read last stays known. */
  close(): void {
    if (!this.#isOpen) return;
    this.read();
    this.#isOpen = false;
    closeSync(this.descriptor);
  }
}
