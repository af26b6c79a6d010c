import { toWorker, writeWorkerFrame, type NewWorkerFrame } from "../../wire/worker-frames.ts";
import { Channel } from "./channel.ts";
import { startChild, type Child, type Ending } from "./child.ts";
import { readHeard, WorkerFault, type Heard, type Loaded } from "./heard.ts";
import { Residents } from "./residents.ts";
import { authorPlace } from "./stack-place.ts";
import { starvedMs } from "./starvation.ts";
import { StatusFile } from "./status-file.ts";
import { WorkerOutput } from "./worker-output.ts";
import { WorkerFlows } from "./worker-flows.ts";
import type { Fall, WorkerPlan, WorkerPort, WorkerState } from "./worker-plan.ts";

const interrogationMs = 500;
const graceMs = 2_000;
const stopMs = 300;

/** One process that runs the author's code, and the sessions in it. */
export class SupervisedWorker {
  readonly plan: WorkerPlan;
  readonly residents: Residents;
  readonly ended: Promise<void>;
  /** True once it is up; false if it ended before. */
  readonly up: Promise<boolean>;
  state: WorkerState = "starting";
  /** What it loads or has loaded. */
  edition: string | undefined;
  /** How it fell, once it has. */
  fall: Fall | undefined;
  pid: number | undefined;
  readonly #port: WorkerPort;
  readonly #status = new StatusFile();
  readonly #child: Child;
  readonly #channel: Channel;
  readonly #flows = new WorkerFlows((kind, flow) => this.tell({ kind, n: flow }));
  readonly output: WorkerOutput;
  #loadingSince = 0;
  #isCondemned = false;
  #patience = 2;
  #isUp: (up: boolean) => void = () => {};

  constructor(plan: WorkerPlan, port: WorkerPort) {
    this.plan = plan;
    this.#port = port;
    this.#child = startChild(plan.launch, this.#status.descriptor);
    this.output = new WorkerOutput(this.#child, plan.log);
    this.#channel = new Channel(this.#child.socket, {
      frame: (payload) => this.#hear(readHeard(payload, plan.maxStateBytes + 1_000_000)),
      broken: (error) => this.#break(error),
    });
    this.residents = new Residents({
      write: (frame) => this.#channel.write(writeWorkerFrame(frame)),
      readers: port.readers,
      flows: this.#flows,
      begun: () => this.#status.read(),
      starvedMs: () => (this.pid === undefined ? undefined : starvedMs(this.pid)),
      crowded: () => port.crowded(this),
      left: (session) => port.queries.left(this, session),
      changed: () => this.#changed(),
    });
    this.tell({ kind: toWorker.setup, parts: [plan.setup] });
    this.up = new Promise((resolve) => (this.#isUp = resolve));
    this.ended = this.#child.ended.then((ending) => this.#end(ending));
  }

  load(edition: string, file: string): void {
    this.edition = edition;
    this.state = "loading";
    this.#loadingSince = performance.now();
    this.tell({ kind: toWorker.load, parts: [file] });
  }

  answer(id: number, text: Buffer, written?: () => void): void {
    this.#channel.write(writeWorkerFrame({ kind: toWorker.answer, n: id, parts: [text] }), written);
  }

  /** Tells it something that is for no session. */
  tell(frame: Omit<NewWorkerFrame, "session">): void {
    this.#channel.write(writeWorkerFrame(frame));
  }

  /** Looks whether it still answers. */
  tick(): void {
    const silentMs =
      this.state === "loading" ? performance.now() - this.#loadingSince : this.residents.turns.silentMs;
    if (silentMs <= this.plan.maxBlockMs) this.#patience = 2;
    // Seen twice: what it said while we ourselves were slow has been read by then.
    else if (--this.#patience <= 0) return this.condemn("blocked");
    if (this.state === "ready" && this.residents.turns.turn === undefined) this.residents.ping();
  }

  /** Ends it for what a run does to it: all others leave at once, then it is asked where it is. */
  condemn(why: "blocked" | "memory"): void {
    if (this.#isCondemned || this.state === "ended") return;
    this.#isCondemned = true;
    void this.#execute(why);
  }

  /** Sends its sessions away and ends it; runs that go on may end first. */
  retire(): void {
    if (this.state === "leaving" || this.state === "ended") return;
    this.state = "leaving";
    this.residents.leave();
    this.#changed();
    setTimeout(() => this.kill(), graceMs).unref();
  }

  /** Ends it and forgets its sessions: everything stops. */
  async stop(): Promise<void> {
    this.state = this.state === "ended" ? "ended" : "leaving";
    this.residents.silence();
    this.#channel.end();
    const timer = setTimeout(() => this.kill(), stopMs);
    await this.ended;
    clearTimeout(timer);
  }

  kill(): void {
    if (this.state !== "ended") this.#child.kill();
  }

  async #execute(why: "blocked" | "memory"): Promise<void> {
    const during = this.state;
    const offender = during === "loading" ? undefined : this.residents.offender();
    this.state = "leaving";
    this.residents.loseAll("crashed", offender);
    const stack = this.pid === undefined ? [] : await this.output.interrupt(this.pid, interrogationMs);
    const place = authorPlace(stack, this.plan.folders);
    this.fall = { why, during, place, ending: undefined };
    this.plan.log.warn({ worker: this.plan.number, why, place }, "a run was stopped with its worker");
    this.kill();
    if (offender !== undefined) this.residents.loseOffender(offender, why, place);
  }

  #hear(heard: Heard): void {
    const isLate = this.state === "leaving" && (heard.kind === "up" || heard.kind === "loaded");
    if (isLate || this.state === "ended" || this.#isCondemned) return;
    switch (heard.kind) {
      case "up":
        if (this.state !== "starting") throw new WorkerFault("A worker that is up once was expected.");
        return this.#up();
      case "loaded":
        return this.#loaded(heard.loaded);
      case "log":
        return this.output.log(heard.entry);
      case "taken":
        return this.residents.taken(heard.session);
      case "piece":
        return this.#flows.hear(heard);
      case "cache":
        return this.#port.cache.hear(this, heard);
      case "query":
      case "cancel":
        if (this.residents.resident(heard.session) !== undefined) this.#port.queries.hear(this, heard);
        return;
      default:
        return this.residents.hear(heard);
    }
  }

  #up(): void {
    this.pid = this.#child.findPid();
    this.state = "warm";
    this.#isUp(true);
    this.#port.changed(this);
  }

  #loaded(loaded: Loaded): void {
    if (this.state !== "loading") throw new WorkerFault("Nothing that was loaded was expected.");
    if (loaded.ok) this.state = "ready";
    this.#port.loaded(this, loaded);
  }

  #changed(): void {
    if (this.state === "leaving" && this.residents.size === 0 && !this.#isCondemned) this.#channel.end();
    this.#port.changed(this);
  }

  #break(error: unknown): void {
    const { log, number: worker } = this.plan;
    log.error({ worker, err: error }, "a worker broke the protocol and was ended");
    this.#isCondemned = true;
    this.kill();
  }

  #end(ending: Ending): void {
    this.#status.close();
    this.#flows.end();
    const isOwnDoing = ending.code !== null && this.state === "ready" && !this.#isCondemned;
    const why = this.output.ranOutOfMemory ? "memory" : "crashed";
    const offender = isOwnDoing || why === "memory" ? this.residents.offender() : undefined;
    const log = this.state === "leaving" || this.#isCondemned ? undefined : this.plan.log;
    log?.error({ worker: this.plan.number, ...ending }, "a worker ended by itself");
    this.fall ??= { why, during: this.state, place: undefined, ending };
    this.state = "ended";
    this.#isUp(false);
    this.residents.loseAll(this.fall.during === "leaving" ? "reload" : "crashed", offender);
    if (offender !== undefined) this.residents.loseOffender(offender, why, undefined);
    this.#port.changed(this);
  }
}
