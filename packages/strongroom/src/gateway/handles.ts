import type { Logger } from "pino";
import { FlowingDownloads, type FlowLimits } from "./flowing-downloads.ts";
import type { OfferedBytes } from "./supervise/pool-types.ts";

/** Bytes that a page refers to. */
export interface Content {
  readonly session: string;
  /** Hash of the cookie of the only viewer who may fetch them. */
  readonly viewer: string;
  readonly mime: string;
  readonly fileName: string | undefined;
  readonly bytes: Buffer;
}

export interface HandleLimits {
  readonly bytesPerSession: number;
  readonly bytesInAll: number;
  /** What a sleeping session may keep, so that its page stays whole. */
  readonly bytesAsleep: number;
  /** Of downloads that are made as they are sent. */
  readonly flowing: FlowLimits;
}

interface Shelf {
  /** By handle; true for what an earlier worker offered. */
  readonly handles: Map<string, boolean>;
  bytes: number;
  isWarned: boolean;
}

/** Bytes by handle: images, tables and downloads, each for one session of one viewer, in memory only. */
export class Handles {
  readonly #limits: HandleLimits;
  readonly #log: Pick<Logger, "warn">;
  readonly #contents = new Map<string, Content>();
  readonly #shelves = new Map<string, Shelf>();
  #bytes = 0;
  /** Those of which no bytes are here. */
  readonly flowing: FlowingDownloads;

  constructor(limits: HandleLimits, log: Pick<Logger, "warn">) {
    this.#limits = limits;
    this.flowing = new FlowingDownloads(limits.flowing, log);
    this.#log = log;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** What the handle names, for its own viewer; nothing for anybody else, as if it did not exist. */
  find(handle: string, viewer: string): Content | undefined {
    const content = this.#contents.get(handle);
    return content?.viewer === viewer ? content : undefined;
  }

  add(owner: { readonly id: string; readonly viewer: string }, offered: OfferedBytes): void {
    const { handle, mime, fileName } = offered;
    if (this.#contents.has(handle)) return;
    if (!(offered.bytes instanceof Uint8Array)) {
      const { id: session, viewer } = owner;
      return this.flowing.add(handle, { session, viewer, mime, fileName, flow: offered.bytes });
    }
    const shelf = this.#shelfOf(owner.id);
    const size = offered.bytes.length;
    if (shelf.bytes + size > this.#limits.bytesPerSession) return this.#refuse(shelf, "session", size);
    if (this.#bytes + size > this.#limits.bytesInAll) return this.#refuse(shelf, "server", size);
    // A copy: the frame that they came in may be far larger.
    const bytes = Buffer.from(Uint8Array.prototype.slice.call(offered.bytes).buffer);
    this.#contents.set(handle, { session: owner.id, viewer: owner.viewer, mime, fileName, bytes });
    shelf.handles.set(handle, false);
    shelf.bytes += size;
    this.#bytes += size;
  }

  release(session: string, handles: Iterable<string>): void {
    const shelf = this.#shelves.get(session);
    if (shelf === undefined) return;
    for (const handle of handles) this.#drop(shelf, handle);
    if (shelf.handles.size === 0) this.#shelves.delete(session);
  }

  /** A new worker will offer its own: what there is now stays until that worker's first run has ended. */
  age(session: string): void {
    const shelf = this.#shelves.get(session);
    if (shelf !== undefined) for (const handle of shelf.handles.keys()) shelf.handles.set(handle, true);
  }

  /** The page shows what the new worker offered. */
  releaseAged(session: string): void {
    const shelf = this.#shelves.get(session);
    if (shelf !== undefined)
      this.release(
        session,
        [...shelf.handles].flatMap(([handle, isOld]) => (isOld ? [handle] : [])),
      );
  }

  /** The session sleeps: little may stay. */
  sleep(session: string): void {
    if ((this.#shelves.get(session)?.bytes ?? 0) > this.#limits.bytesAsleep) this.#empty(session);
  }

  forget(session: string): void {
    this.flowing.forget(session);
    this.#empty(session);
  }

  #empty(session: string): void {
    this.release(session, [...(this.#shelves.get(session)?.handles.keys() ?? [])]);
  }

  #shelfOf(session: string): Shelf {
    let shelf = this.#shelves.get(session);
    if (shelf === undefined)
      this.#shelves.set(session, (shelf = { handles: new Map(), bytes: 0, isWarned: false }));
    return shelf;
  }

  #drop(shelf: Shelf, handle: string): void {
    const content = this.#contents.get(handle);
    if (content === undefined || !shelf.handles.delete(handle)) return;
    this.#contents.delete(handle);
    shelf.bytes -= content.bytes.length;
    this.#bytes -= content.bytes.length;
  }

  #refuse(shelf: Shelf, whose: "session" | "server", size: number): void {
    if (shelf.isWarned) return;
    shelf.isWarned = true;
    const limit = whose === "session" ? "limits.handleBytesPerSession" : "limits.handleBytes";
    this.#log.warn(
      { size },
      `An image, table or download was left out: the page's bytes are over ${limit}. Show less at once, or raise the limit.`,
    );
  }
}
