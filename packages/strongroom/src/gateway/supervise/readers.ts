import { frame, FrameReader } from "../../wire/frames.ts";
import { readingLimits, type Parse } from "../../wire/reading.ts";
import type { FileRead } from "../../wire/upload.ts";
import { startChild, type Child } from "./child.ts";
import type { Launch, WorkerGround } from "./launch.ts";
import { residentMb } from "./resident-memory.ts";
import type { Sandbox } from "./sandbox.ts";

/** One file to be read as a table. */
export interface ReadJob {
  readonly parse: Parse;
  /** Parts of the file; nothing where it is gone. */
  readonly read: (read: FileRead) => Buffer | undefined;
  /** The table as the reader wrote it, which nobody here looks into; nothing where it ended without a word. */
  readonly done: (table: Buffer | undefined) => void;
}

/** So many read at a time, and so many wait. */
const atOnce = 2;
const mostWaiting = 100;
const partBytes = 1_000_000;

/** A reader's heap, in MB. */
const heapMb = 768;

export interface ReaderLimits {
  readonly readMs: number;
  /** What a reader may have in memory with all its buffers, which no limit of the heap counts. */
  readonly residentMb: number;
  /** How often that is looked at. */
  readonly lookMs: number;
}

const usual: ReaderLimits = { readMs: readingLimits.readMs, residentMb: 1_500, lookMs: 100 };

/** Readers are shut in as workers are, and have no network whatever the app has. */
export function readerLauncher(sandbox: Sandbox, workers: WorkerGround): () => Launch {
  const ground: WorkerGround = { ...workers, network: "none", heapMb, program: "reader" };
  let last = 1_000_000;
  return () => sandbox.launch(++last, ground);
}

/** Reads files of viewers as tables: each in a process of its own, which ends with it, however it ends. */
export class Readers {
  #launch: (() => Launch) | undefined;
  readonly #waiting: ReadJob[] = [];
  readonly #ends = new Set<() => void>();
  readonly #limits: ReaderLimits;
  #running = 0;

  constructor(limits: ReaderLimits = usual) {
    this.#limits = limits;
  }

  /** Says how a process is started, once that is known. */
  use(launch: () => Launch): void {
    this.#launch = launch;
    this.#next();
  }

  add(job: ReadJob): void {
    if (this.#waiting.length >= mostWaiting) return job.done(undefined);
    this.#waiting.push(job);
    this.#next();
  }

  stop(): void {
    this.#waiting.length = 0;
    for (const end of this.#ends) end();
  }

  #next(): void {
    if (this.#running >= atOnce || this.#launch === undefined) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    this.#running++;
    void this.#run(job)
      .catch(() => undefined) // it cannot be started now: the author reads that it could not be read
      .then((table) => {
        this.#running--;
        job.done(table);
        this.#next();
      });
  }

  async #run({ parse: { file, reading }, read }: ReadJob): Promise<Buffer | undefined> {
    const parts: Buffer[] = [];
    for (let from = 0; ; from += partBytes) {
      const part = read({ file, from, length: partBytes });
      if (part === undefined || from > readingLimits.fileBytes) return undefined;
      if (part.length > 0) parts.push(part);
      if (part.length < partBytes) break;
    }
    if (this.#launch === undefined) return undefined;
    const child = startChild(this.#launch(), undefined);
    const unwatch = this.#watch(child);
    const heard = tableOf(child);
    const size = parts.reduce((sum, { length }) => sum + length, 0);
    parts.unshift(Buffer.from(JSON.stringify({ reading, size })));
    for (let part = parts.shift(); part !== undefined; part = parts.shift())
      if (!child.socket.write(frame(part))) await Promise.race([child.ended, drained(child)]);
    await child.ended;
    unwatch();
    return heard();
  }

  /** Ends it when it takes too long, or too much memory, or nobody waits any more. */
  #watch(child: Child): () => void {
    const { readMs, residentMb: most, lookMs } = this.#limits;
    const end = (): void => child.kill();
    const timer = setTimeout(end, readMs);
    const look = async (): Promise<void> => {
      const pid = child.findPid();
      if (pid !== undefined && ((await residentMb([pid])).get(pid) ?? 0) > most) end();
    };
    const looking = setInterval(() => void look().catch(() => undefined), lookMs); // it has ended meanwhile
    this.#ends.add(end);
    return () => {
      clearTimeout(timer);
      clearInterval(looking);
      this.#ends.delete(end);
    };
  }
}

/** Listens to a reader, and answers what its table was. */
function tableOf(child: Child): () => Buffer | undefined {
  child.output.resume();
  child.errors.resume();
  const frames = new FrameReader(readingLimits.resultBytes + 1_000);
  let table: Buffer | undefined;
  child.socket.on("error", () => undefined); // its end says as much
  child.socket.on("data", (chunk: Buffer) => {
    try {
      frames.push(chunk);
      table ??= frames.next();
    } catch {
      child.kill(); // it says more than it may
    }
  });
  return () => table;
}

function drained(child: Child): Promise<void> {
  return new Promise((resolve) => child.socket.once("drain", resolve));
}
