import type { Logger } from "pino";
import { Backoff } from "./backoff.ts";
import { Channel } from "./channel.ts";
import { startChild, type Child } from "./child.ts";
import type { Launch } from "./launch.ts";
import { readLines } from "./lines.ts";

export interface SteadyPlan {
  /** What people call it, in the log. */
  readonly name: string;
  readonly launch: Launch;
  /** The first process, where it was started before all else was known; it has had its first frame. */
  readonly first?: Child | undefined;
  /** So long the first process is not needed, in ms. Default: it is started at once. */
  readonly afterMs?: number | undefined;
  /** The first frame of each process. */
  readonly hello: Buffer;
  readonly frame: (payload: Buffer) => void;
  /** A process ended that should go on; the next one is started. */
  readonly fell: (lastWords: readonly string[]) => void;
  /** The next process is there. */
  readonly restarted?: () => void;
  readonly log: Logger;
}

const limits = { maxChars: 4_000, perSecond: 20, burst: 200 };
const keptLines = 20;
const graceMs = 500;

/** One of our own processes, of which there is always one: a new one is started when it ends. */
export class SteadyChild {
  readonly #plan: SteadyPlan;
  readonly #backoff = new Backoff();
  #child: Child | undefined;
  #channel: Channel | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopping = false;

  constructor(plan: SteadyPlan) {
    this.#plan = plan;
    if (plan.afterMs === undefined) this.#start(plan.first);
    else this.#timer = setTimeout(() => this.#restart(), plan.afterMs);
  }

  /** Sends to the process, where there is one now. */
  send(framed: Buffer): void {
    this.#channel?.write(framed);
  }

  /** Ends the process as it is: another one takes its place. */
  kill(): void {
    this.#child?.kill();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child === undefined) return;
    this.#channel?.end();
    const timer = setTimeout(() => child.kill(), graceMs);
    await child.ended;
    clearTimeout(timer);
  }

  #start(first?: Child): void {
    const { name, launch, hello, log } = this.#plan;
    const child = (this.#child = first ?? startChild(launch, undefined));
    const words: string[] = [];
    const listener = {
      line: (line: string) => log.warn({ source: name }, line),
      seen: (line: string) => void (words.push(line) > keptLines && words.shift()),
      leftOut: () => {},
    };
    readLines(child.output, limits, listener);
    readLines(child.errors, limits, listener);
    this.#channel = new Channel(child.socket, {
      frame: (payload) => {
        this.#backoff.succeeded();
        this.#plan.frame(payload);
      },
      broken: (error) => {
        log.error({ err: error }, `the ${name} broke the protocol and was ended`);
        child.kill();
      },
    });
    if (child !== first) this.#channel.write(hello);
    void child.ended.then(() => this.#ended(words));
  }

  #ended(words: readonly string[]): void {
    this.#child = undefined;
    this.#channel = undefined;
    if (this.#isStopping) return;
    const wait = this.#backoff.failed();
    this.#plan.log.error(`the ${this.#plan.name} ended; it is started again`);
    this.#plan.fell(words);
    this.#timer = setTimeout(() => this.#restart(), wait);
  }

  #restart(): void {
    try {
      this.#start();
      this.#plan.restarted?.();
    } catch (error) {
      this.#plan.log.error({ err: error }, `the ${this.#plan.name} cannot be started now`);
      this.#timer = setTimeout(() => this.#restart(), this.#backoff.failed());
    }
  }
}
