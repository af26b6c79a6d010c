import { toWorker } from "../../wire/worker-frames.ts";
import { WorkerFault, type PieceHeard } from "./heard.ts";
import type { Flow } from "./pool-types.ts";

interface Open {
  /** Who waits for the next bytes. */
  waiting: PromiseWithResolvers<Buffer | undefined> | undefined;
}

const broken = "The download's worker ended, or the code that makes it failed.";

/** Downloads that come from one worker as they are read: it sends nothing that nobody has asked for. */
export class WorkerFlows {
  readonly #tell: (kind: number, flow: number) => void;
  readonly #open = new Map<number, Open>();
  #isOver = false;

  constructor(tell: (kind: number, flow: number) => void) {
    this.#tell = tell;
  }

  open(flow: number): Flow {
    if (this.#open.has(flow)) throw new WorkerFault("Another download was expected.");
    const open: Open = { waiting: undefined };
    this.#open.set(flow, open);
    return {
      next: () => {
        if (this.#isOver || this.#open.get(flow) !== open) return Promise.reject(new Error(broken));
        open.waiting ??= Promise.withResolvers();
        this.#tell(toWorker.more, flow);
        return open.waiting.promise;
      },
      cancel: () => {
        if (this.#open.get(flow) !== open) return;
        this.#close(flow, open);
        this.#tell(toWorker.drop, flow);
      },
    };
  }

  hear({ flow, bytes, isBroken }: PieceHeard): void {
    const open = this.#open.get(flow);
    if (open === undefined) return; // nobody wants it any more
    const { waiting } = open;
    if (isBroken) return this.#close(flow, open);
    if (waiting === undefined) throw new WorkerFault("A piece that was asked for was expected.");
    open.waiting = undefined;
    if (bytes === undefined) this.#open.delete(flow);
    waiting.resolve(bytes);
  }

  /** The worker is gone, and all that was to come from it. */
  end(): void {
    this.#isOver = true;
    for (const [flow, open] of this.#open) this.#close(flow, open);
  }

  #close(flow: number, { waiting }: Open): void {
    this.#open.delete(flow);
    waiting?.reject(new Error(broken));
  }
}
