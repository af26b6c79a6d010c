import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Flow } from "./supervise/pool-types.ts";

/** A download that is made as it is sent. */
export interface Flowing {
  readonly session: string;
  readonly viewer: string;
  readonly mime: string;
  readonly fileName: string | undefined;
  readonly flow: Flow;
  /** Called once it is over, however. */
  readonly over: () => void;
}

export interface FlowLimits {
  readonly bytesPerDownload: number;
  readonly perViewer: number;
  readonly inAll: number;
}

/** So long one waits to be fetched, in ms: a page fetches it at once. */
const waitMs = 60_000;

interface Held extends Flowing {
  readonly timer: NodeJS.Timeout;
}

/** Downloads that wait to be fetched, and those that are on their way: each is fetched once, by its own viewer. */
export class FlowingDownloads {
  readonly limits: FlowLimits;
  readonly #log: Pick<Logger, "warn">;
  readonly #waiting = new Map<string, Held>();
  readonly #all = new Map<string, Flowing>();

  constructor(limits: FlowLimits, log: Pick<Logger, "warn">) {
    this.limits = limits;
    this.#log = log;
  }

  get count(): number {
    return this.#all.size;
  }

  add(handle: string, told: Omit<Flowing, "over">): void {
    const { perViewer, inAll } = this.limits;
    const own = [...this.#all.values()].filter(({ viewer }) => viewer === told.viewer).length;
    const full = own >= perViewer ? "downloadsPerViewer" : this.count >= inAll ? "downloads" : undefined;
    if (full !== undefined)
      this.#log.warn(`A download was refused: more at a time than limits.${full} allows.`);
    if (full !== undefined || this.#waiting.has(handle)) return told.flow.cancel();
    const id = randomUUID();
    const flowing: Flowing = { ...told, over: () => void this.#all.delete(id) };
    this.#all.set(id, flowing);
    const timer = setTimeout(() => {
      this.#waiting.delete(handle);
      stop(flowing);
    }, waitMs).unref();
    this.#waiting.set(handle, { ...flowing, timer });
  }

  /** The one that the handle names, for its own viewer; nothing for anybody else, and nothing a second time. */
  find(handle: string, viewer: string): Flowing | undefined {
    const held = this.#waiting.get(handle);
    return held?.viewer === viewer ? held : undefined;
  }

  take(handle: string): void {
    clearTimeout(this.#waiting.get(handle)?.timer);
    this.#waiting.delete(handle);
  }

  /** The session is over, and with it what its viewer was sent. */
  forget(session: string): void {
    for (const [handle, held] of this.#waiting) if (held.session === session) this.take(handle);
    for (const flowing of this.#all.values()) if (flowing.session === session) stop(flowing);
  }
}

function stop({ flow, over }: Flowing): void {
  over();
  flow.cancel();
}
