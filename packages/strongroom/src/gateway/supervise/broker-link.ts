import { join } from "node:path";
import type { Logger } from "pino";
import { maxBrokerId, readBrokerFrame, writeBrokerFrame } from "../../wire/broker-frames.ts";
import type { QueryFailure, QueryRequest } from "../../wire/query.ts";
import { ownLaunch } from "./own-launch.ts";
import type { Programs } from "./programs.ts";
import { SteadyChild } from "./steady-child.ts";

export interface BrokerPlan {
  readonly programs: Programs;
  readonly dist: string;
  readonly appFolder: string;
  readonly connections: Readonly<Record<string, unknown>>;
  readonly log: Logger;
  /** How long one query may take, in ms. */
  readonly maxQueryMs?: number;
}

/** Answers a question: JSON text that a worker decodes. */
export type Ask = (request: QueryRequest) => Promise<Buffer>;

interface Asked {
  readonly request: QueryRequest;
  readonly resolve: (text: Buffer) => void;
}

const setupId = 0;
const defaultQueryMs = 30_000;

export function failure(code: string, message: string): Buffer {
  return Buffer.from(JSON.stringify({ ok: false, code, message } satisfies QueryFailure));
}

/**
 * The way to the broker, which answers one question after the other. One that takes too long is ended with the whole
 * process: SQLite cannot be interrupted from outside. Those behind it had not begun, and are asked again.
 */
export class BrokerLink {
  readonly #plan: BrokerPlan;
  readonly #waiting = new Map<number, Asked>();
  #child: SteadyChild | undefined;
  #last = setupId;
  #timer: NodeJS.Timeout | undefined;

  constructor(plan: BrokerPlan) {
    this.#plan = plan;
    // Without connections nobody needs the process.
    if (Object.keys(plan.connections).length > 0) this.#child = this.#start();
  }

  ask(request: QueryRequest): Promise<Buffer> {
    if (this.#child === undefined) return Promise.resolve(unknown(request));
    const id = (this.#last = this.#last === maxBrokerId ? setupId + 1 : this.#last + 1);
    return new Promise((resolve) => {
      this.#waiting.set(id, { request, resolve });
      this.#send(id, request);
      if (this.#waiting.size === 1) this.#watchFirst();
    });
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#child?.stop();
    for (const { resolve } of this.#waiting.values())
      resolve(failure("ERR_BROKER_ENDED", "The server is stopping."));
    this.#waiting.clear();
  }

  #start(): SteadyChild {
    const { dist, appFolder, connections, programs, log } = this.#plan;
    const setup = { appFolder, connections };
    return new SteadyChild({
      name: "broker",
      launch: ownLaunch(join(dist, "broker", "broker-main.js"), appFolder, programs),
      hello: writeBrokerFrame(setupId, Buffer.from(JSON.stringify(setup))),
      frame: (payload) => {
        const { id, text } = readBrokerFrame(payload);
        this.#answer(id, text);
      },
      fell: () => {
        this.#answerFirst(
          "ERR_BROKER_ENDED",
          "The broker ended while it ran the query; it is started again.",
        );
      },
      restarted: () => {
        for (const [id, { request }] of this.#waiting) this.#send(id, request);
        this.#watchFirst();
      },
      log,
    });
  }

  #send(id: number, request: QueryRequest): void {
    this.#child?.send(writeBrokerFrame(id, Buffer.from(JSON.stringify(request))));
  }

  #answer(id: number, text: Buffer): void {
    const asked = this.#waiting.get(id);
    this.#waiting.delete(id);
    asked?.resolve(text);
    this.#watchFirst();
  }

  /** The question that the broker is at, since it takes them in order. */
  #answerFirst(code: string, message: string): void {
    const [first] = this.#waiting.keys();
    if (first !== undefined) this.#answer(first, failure(code, message));
  }

  #watchFirst(): void {
    clearTimeout(this.#timer);
    const { maxQueryMs = defaultQueryMs } = this.#plan;
    if (this.#waiting.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#answerFirst(
        "ERR_QUERY_TIMEOUT",
        `The query took more than ${maxQueryMs / 1_000} s and was ended.`,
      );
      this.#child?.replace();
    }, maxQueryMs);
  }
}

function unknown({ connection }: QueryRequest): Buffer {
  const fix = `Add [connections.${connection}] to .strongroom/config.toml, or to secrets.toml where it holds a password.`;
  return failure("ERR_CONNECTION_UNKNOWN", `There is no connection "${connection}". ${fix}`);
}
