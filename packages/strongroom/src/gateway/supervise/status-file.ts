import { closeSync, existsSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Begun } from "./offender.ts";

const bytes = 8;

/**
 * Eight bytes that a worker writes before each run, and that we read when it no longer answers. The file has no name by
 * the time the worker has it, and lies in memory where the system offers that: a full disk does not reach it.
 */
export class StatusFile {
  readonly descriptor: number;
  readonly #buffer = Buffer.alloc(bytes);
  #isOpen = true;

  constructor() {
    const folder = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
    const path = join(folder, `strongroom-${randomBytes(12).toString("hex")}`);
    this.descriptor = openSync(path, "wx+", 0o600);
    unlinkSync(path);
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
