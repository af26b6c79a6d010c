import { SharedCache, type CacheWorker } from "../../packages/strongroom/src/gateway/cache/shared-cache.ts";
import type { DiskValues } from "../../packages/strongroom/src/gateway/cache/disk-values.ts";
import { cacheRequestSchema, maxCacheHeadChars } from "../../packages/strongroom/src/wire/cache-frames.ts";
import { decodeText } from "../../packages/strongroom/src/wire/schema.ts";
import {
  readWorkerFrame,
  writeWorkerFrame,
  type NewWorkerFrame,
} from "../../packages/strongroom/src/wire/worker-frames.ts";
import { CacheClient, type SaidOfCache } from "../../packages/strongroom/src/worker/cache-client.ts";
import { heedClear, shelvesOf, type Shelves } from "../../packages/strongroom/src/worker/cache-shelves.ts";
import { Run, within } from "../../packages/strongroom/src/worker/run.ts";
import type { Services } from "../../packages/strongroom/src/worker/services.ts";
import { WorkerSession } from "../../packages/strongroom/src/worker/session.ts";
import { emptyTree } from "../../packages/strongroom/src/worker/tree.ts";

export interface CacheWorkersOptions {
  readonly maxBytes?: number;
  readonly maxWorkerBytes?: number;
  readonly disk?: () => DiskValues;
}

/** Workers in this process, and the gateway's cache between them: frames go as JSON and bytes, one tick each way. */
export class CacheWorkers {
  readonly all: TestWorker[] = [];
  readonly cache: SharedCache;
  readonly #maxWorkerBytes: number;

  constructor({ maxBytes = 64_000_000, maxWorkerBytes = 64_000_000, disk }: CacheWorkersOptions = {}) {
    this.#maxWorkerBytes = maxWorkerBytes;
    this.cache = new SharedCache({
      maxBytes,
      disk: disk ?? (() => undefined),
      workers: () => this.all,
      now: Date.now,
    });
  }

  add(version = ""): TestWorker {
    const worker = new TestWorker(this.cache, this.#maxWorkerBytes, version);
    this.all.push(worker);
    return worker;
  }

  /** The worker's process is gone: nothing more comes from it. */
  kill(worker: TestWorker): void {
    worker.isGone = true;
    this.all.splice(this.all.indexOf(worker), 1);
    this.cache.gone(worker);
  }
}

export class TestWorker implements CacheWorker {
  readonly #cache: SharedCache;
  readonly #client: CacheClient;
  readonly services: Services;
  readonly #viewers = new Map<number, string>();
  readonly reported: unknown[] = [];
  isGone = false;

  constructor(cache: SharedCache, maxCacheBytes: number, version: string) {
    this.#cache = cache;
    this.#client = new CacheClient({
      send: (said) => this.#send(said),
      cleared: (clear) => heedClear(this.services, clear),
    });
    this.#client.useBuild(version, {});
    this.services = {
      tell: () => undefined,
      offer: () => "",
      flow: () => Promise.resolve(""),
      takeFiles: () => "",
      readTable: () => Promise.resolve(undefined),
      readFile: () => Promise.resolve(undefined),
      ask: () => Promise.reject(new Error("There is no broker here.")),
      report: (error) => void this.reported.push(error),
      secrets: {},
      options: {
        appFolder: "/",
        showErrorDetails: "full",
        enforceSerializableSessionState: true,
        maxStateBytes: 1_000_000,
        maxCacheBytes,
      },
      shared: new Map(),
      cache: this.#client,
    };
  }

  get shelves(): Shelves {
    return shelvesOf(this.services);
  }

  readonly residents = {
    resident: (session: number): { readonly viewer: string } | undefined => {
      const viewer = this.#viewers.get(session);
      return viewer === undefined ? undefined : { viewer };
    },
  };

  /** A session of a viewer. */
  open(viewer: string): WorkerSession {
    const session = new WorkerSession(this.#viewers.size + 1, this.services);
    session.viewer = viewer;
    this.#viewers.set(session.number, viewer);
    return session;
  }

  /** Calls code as a page's script is called. */
  run<T>(session: WorkerSession, script: () => T): T {
    const run = new Run(session, emptyTree, new Map());
    return within({ run, container: run.canvas.main }, script);
  }

  tell(frame: NewWorkerFrame): void {
    const { n, parts } = readWorkerFrame(writeWorkerFrame(frame).subarray(4));
    const [head, value] = parts;
    setImmediate(() => {
      if (!this.isGone) this.#client.receive(n, String(head), value ?? Buffer.alloc(0));
    });
  }

  #send({ session, n, head, value = new Uint8Array() }: SaidOfCache): void {
    const bytes = Buffer.from(value);
    setImmediate(() => {
      if (this.isGone) return;
      const decoded = decodeText(cacheRequestSchema, head, maxCacheHeadChars);
      if (!decoded.ok) throw new Error(`${decoded.expected} at ${decoded.at}`);
      this.#cache.hear(this, { session, n, request: decoded.value, value: bytes });
    });
  }
}
