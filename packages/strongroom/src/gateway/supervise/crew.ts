import { Backoff } from "./backoff.ts";
import { PoolClosed, PoolRefused } from "./pool-types.ts";
import { residentMb } from "./resident-memory.ts";
import type { Sandbox } from "./sandbox.ts";
import { SupervisedWorker } from "./supervised-worker.ts";
import type { WorkerPlan, WorkerPort } from "./worker-plan.ts";

export interface CrewOptions extends WorkerPort {
  readonly plan: Omit<WorkerPlan, "number" | "launch">;
}

/** No more processes start at once: they would only slow each other down. */
const maxStarting = 2;
const retryMs = 500;

/** The processes themselves: started in the strongest way that works, one more than is needed. */
export class Crew {
  readonly #options: CrewOptions;
  readonly #backoff = new Backoff();
  #all: readonly SupervisedWorker[] = [];
  #sandbox: Sandbox | undefined;
  #last = 0;
  /** Before the first worker has started well, others would only be in its way. */
  #hasStarted = false;
  #notBefore = 0;
  /** What each new worker is told first. */
  setup: string;
  #timer: NodeJS.Timeout | undefined;
  #isOpen = true;

  constructor(options: CrewOptions) {
    this.#options = options;
    this.setup = options.plan.setup;
  }

  get all(): readonly SupervisedWorker[] {
    return this.#all;
  }

  /** Starts the first worker in the first way that works, strongest first; answers which that is. */
  async begin(ways: readonly Sandbox[]): Promise<Sandbox> {
    const words: string[] = [];
    for (const sandbox of ways) {
      if (!this.#isOpen) throw new PoolClosed();
      const worker = this.#start(sandbox);
      const isUp = await worker.up;
      if (!this.#isOpen) throw new PoolClosed();
      if (isUp) {
        this.#sandbox = sandbox;
        return sandbox;
      }
      words.push(`${sandbox.line}: ${worker.output.lastErrors.slice(0, 3).join(" ")}`);
      this.#options.plan.log.debug(
        { words: worker.output.lastErrors },
        "a way to start workers does not work here",
      );
    }
    throw new PoolRefused(`No worker can be started.\n${words.join("\n")}`);
  }

  /** A worker has loaded the app. */
  startedWell(): void {
    this.#hasStarted = true;
    this.#backoff.succeeded();
  }

  /** Starts processes until `missing` and one spare are on their way. */
  start(missing: number): void {
    const sandbox = this.#sandbox;
    if (sandbox === undefined || !this.#isOpen) return;
    const coming = this.#all.filter(({ state }) => state === "starting" || state === "warm");
    const starting = coming.filter(({ state }) => state === "starting").length;
    const wanted = this.#hasStarted ? missing + 1 : Math.min(missing, 1);
    const count = Math.min(wanted - coming.length, maxStarting - starting);
    if (count <= 0) return;
    const wait = this.#notBefore - performance.now();
    if (wait > 0) this.#timer ??= setTimeout(() => this.#retry(missing), wait);
    else for (let started = 0; started < count; started++) this.#tryStart(sandbox, missing);
  }

  /** Ends workers that hold too much memory. */
  async watchMemory(): Promise<void> {
    const pids = this.#all.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
    const memory = await residentMb(pids);
    for (const worker of this.#all) {
      const mb = worker.pid === undefined ? undefined : memory.get(worker.pid);
      if (mb !== undefined && mb > this.#options.plan.maxMemoryMb) worker.condemn("memory");
    }
  }

  async stop(): Promise<void> {
    this.#isOpen = false;
    clearTimeout(this.#timer);
    await Promise.all(this.#all.map((worker) => worker.stop()));
  }

  #retry(missing: number): void {
    this.#timer = undefined;
    this.start(missing);
  }

  /** Without room for a file or a process another try may have it: the server goes on with what there is. */
  #tryStart(sandbox: Sandbox, missing: number): void {
    try {
      this.#start(sandbox);
    } catch (error) {
      this.#options.plan.log.error({ err: error }, "a worker cannot be started now");
      this.#notBefore = performance.now() + Math.max(retryMs, this.#backoff.failed());
      this.#timer ??= setTimeout(() => this.#retry(missing), retryMs);
    }
  }

  #start(sandbox: Sandbox): SupervisedWorker {
    const number = ++this.#last;
    const { plan, ...port } = this.#options;
    const worker = new SupervisedWorker(
      { ...plan, number, setup: this.setup, launch: sandbox.launch(number) },
      { ...port, changed: (changed) => this.#changed(changed) },
    );
    this.#all = [...this.#all, worker];
    return worker;
  }

  #changed(worker: SupervisedWorker): void {
    if (worker.state === "ended") {
      this.#options.cache.gone(worker);
      this.#all = this.#all.filter((one) => one !== worker);
      const { fall } = worker;
      const wasUseless = fall?.during === "starting" || fall?.during === "loading";
      if (wasUseless && this.#sandbox !== undefined)
        this.#notBefore = performance.now() + this.#backoff.failed();
    }
    this.#options.changed(worker);
  }
}
