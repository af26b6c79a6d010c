import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Sealer } from "../store/seal.ts";
import { hashOf } from "../tokens.ts";
import type { KeptValue, ValuePlace } from "./kept-values.ts";

export interface DiskOptions {
  readonly folder: string;
  readonly sealer: Sealer;
  /** The most that all files may hold. */
  readonly maxBytes: number;
  readonly log: Pick<Logger, "warn">;
}

const headBytes = 8;
const fileGrammar = /^[0-9a-f]{64}$/;

/**
 * Values on disk, each encrypted for its place: what was changed, cut short, or moved from elsewhere does not open, and
 * is as if it had never been kept. A file is written beside its name and then moved, so that none is half written.
 */
export class DiskValues {
  readonly #options: DiskOptions;
  /** Size of each file, the one used last at the end. What is not listed is not ours. */
  readonly #files = new Map<string, number>();
  #bytes = 0;
  /** What was begun last: changes come one after another, in the order in which they were asked for. */
  #last: Promise<void>;
  #drafts = 0;

  constructor(options: DiskOptions) {
    this.#options = options;
    this.#last = this.#open();
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The value of a place, or nothing. Rejects never. */
  async read(place: ValuePlace): Promise<KeptValue | undefined> {
    await this.#last;
    const file = fileOf(place);
    const size = this.#files.get(file);
    if (size === undefined) return undefined;
    try {
      const opened = this.#options.sealer.open(sealedPlace(place), await readFile(this.#path(file)));
      this.#touch(file);
      return { madeAt: opened.readDoubleBE(0), value: opened.subarray(headBytes) };
    } catch (error) {
      this.#warn(error, "A kept value could not be read: it counts as missing, and is made anew.");
      this.#change(() => this.#remove(file));
      return undefined;
    }
  }

  write(place: ValuePlace, { value, madeAt }: KeptValue): void {
    const head = Buffer.alloc(headBytes);
    head.writeDoubleBE(madeAt, 0);
    const file = fileOf(place);
    this.#change(async () => {
      const sealed = this.#options.sealer.seal(sealedPlace(place), Buffer.concat([head, value]));
      await this.#remove(file);
      if (sealed.length > this.#options.maxBytes) return;
      await this.#makeRoom(sealed.length);
      const draft = this.#path(`${++this.#drafts}.draft`);
      await mkdir(this.#path(file.slice(0, file.indexOf("/"))), { recursive: true, mode: 0o700 });
      await writeFile(draft, sealed, { mode: 0o600 });
      await rename(draft, this.#path(file));
      this.#note(file, sealed.length);
    });
  }

  delete(place: ValuePlace): void {
    this.#change(() => this.#remove(fileOf(place)));
  }

  deleteGroup(group: string): void {
    const folder = groupFolder(group);
    this.#change(() => this.#removeAll((file) => file.startsWith(`${folder}/`)));
  }

  deleteAll(): void {
    this.#change(() => this.#removeAll(() => true));
  }

  /** Waits until all is done that was asked for. */
  idle(): Promise<void> {
    return this.#last;
  }

  async #open(): Promise<void> {
    const { folder } = this.#options;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const found: { file: string; size: number; usedAt: number }[] = [];
      for (const group of await readdir(folder, { withFileTypes: true })) {
        // Drafts of an earlier process.
        if (!group.isDirectory() || !fileGrammar.test(group.name))
          await rm(this.#path(group.name), { recursive: true });
        else
          for (const name of await readdir(this.#path(group.name))) {
            const file = `${group.name}/${name}`;
            const { size, mtimeMs } = await stat(this.#path(file));
            found.push({ file, size, usedAt: mtimeMs });
          }
      }
      for (const { file, size } of found.sort((a, b) => a.usedAt - b.usedAt)) this.#note(file, size);
      await this.#makeRoom(0);
    } catch (error) {
      this.#warn(error, "The folder of kept values cannot be used: values live in memory only.");
    }
  }

  #change(change: () => Promise<void>): void {
    this.#last = this.#last.then(change).catch((error: unknown) => {
      this.#warn(error, "A kept value could not be written: it lives in memory only.");
    });
  }

  async #makeRoom(bytes: number): Promise<void> {
    for (const file of this.#files.keys()) {
      if (this.#bytes + bytes <= this.#options.maxBytes) return;
      await this.#remove(file);
    }
  }

  async #removeAll(isMeant: (file: string) => boolean): Promise<void> {
    for (const file of this.#files.keys()) if (isMeant(file)) await this.#remove(file);
  }

  async #remove(file: string): Promise<void> {
    const size = this.#files.get(file);
    if (size === undefined) return;
    this.#files.delete(file);
    this.#bytes -= size;
    await rm(this.#path(file), { force: true });
  }

  #note(file: string, size: number): void {
    this.#files.set(file, size);
    this.#bytes += size;
  }

  /** It is now the one used last, for later processes as well. */
  #touch(file: string): void {
    const size = this.#files.get(file);
    if (size === undefined) return;
    this.#files.delete(file);
    this.#files.set(file, size);
    const now = new Date();
    utimes(this.#path(file), now, now).catch(() => {}); // its age alone is lost
  }

  #path(file: string): string {
    return join(this.#options.folder, file);
  }

  #warn(error: unknown, text: string): void {
    this.#options.log.warn({ err: error }, text);
  }
}

/** Names of files in hexadecimal: some disks do not tell `a` from `A`. */
function fileOf({ group, key }: ValuePlace): string {
  return `${groupFolder(group)}/${Buffer.from(key, "base64url").toString("hex")}`;
}

function groupFolder(group: string): string {
  return Buffer.from(hashOf(group), "base64url").toString("hex");
}

function sealedPlace({ group, key }: ValuePlace): string {
  return `cache/${group}/${key}`;
}
