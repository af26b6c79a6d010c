import { join } from "node:path";
import type { Logger } from "pino";
import {
  fromBroker,
  maxBrokerId,
  readBrokerFrame,
  toBroker,
  writeBrokerFrame,
  type Asker,
} from "../../wire/broker-frames.ts";
import type { BrokerFailure, QueryErrorCode } from "../../wire/query-answer.ts";
import type { BrokerRequest } from "../../wire/query.ts";
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

/** Where the parts of an answer go: JSON text that a worker decodes. */
export interface Sink {
  /** Takes a part; `more` asks for another one. */
  readonly part: (text: Buffer, more: () => void) => void;
  readonly end: (text: Buffer) => void;
}

export interface Broker {
  /** Asks; answers how to give the question up. */
  ask(asker: Asker, request: BrokerRequest, sink: Sink): () => void;
  /** Lets go of what is held for an asker. */
  release(asker: Asker): void;
}

interface Asked {
  readonly asker: Asker;
  readonly request: BrokerRequest;
  readonly sink: Sink;
}

const setupId = 0;
const defaultQueryMs = 30_000;

export function failure(code: QueryErrorCode, message: string): Buffer {
  return Buffer.from(JSON.stringify({ ok: false, code, message } satisfies BrokerFailure));
}

/**
 * The way to the broker, which answers one question after the other. One that takes too long is ended with the whole
 * process: SQLite cannot be interrupted from outside. Those behind it had not begun, and are asked again.
 */
export class BrokerLink implements Broker {
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

  ask(asker: Asker, request: BrokerRequest, sink: Sink): () => void {
    if (this.#child === undefined) {
      sink.end(unknown(request));
      return () => {};
    }
    const id = (this.#last = this.#last === maxBrokerId ? setupId + 1 : this.#last + 1);
    const asked = { asker, request, sink };
    this.#waiting.set(id, asked);
    this.#send(id, asked);
    if (this.#waiting.size === 1) this.#watchFirst();
    return () => {
      this.#waiting.delete(id);
      this.#child?.send(writeBrokerFrame(toBroker.cancel, id));
    };
  }

  release(asker: Asker): void {
    this.#child?.send(writeBrokerFrame(toBroker.release, 0, { asker }));
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#child?.stop();
    for (const { sink } of this.#waiting.values())
      sink.end(failure("ERR_BROKER_ENDED", "The server is stopping."));
    this.#waiting.clear();
  }

  #start(): SteadyChild {
    const { dist, appFolder, connections, programs, log } = this.#plan;
    const setup = { appFolder, connections };
    return new SteadyChild({
      name: "broker",
      launch: ownLaunch(join(dist, "broker", "broker-main.js"), appFolder, programs),
      hello: writeBrokerFrame(toBroker.setup, setupId, { text: JSON.stringify(setup) }),
      frame: (payload) => {
        const { kind, id, text } = readBrokerFrame(payload);
        if (kind === fromBroker.part) this.#part(id, text);
        else this.#answer(id, text);
      },
      fell: () => {
        this.#answerFirst(
          "ERR_BROKER_ENDED",
          "The broker ended while it ran the query; it is started again.",
        );
      },
      restarted: () => {
        for (const [id, asked] of this.#waiting) this.#send(id, asked);
        this.#watchFirst();
      },
      log,
    });
  }

  #send(id: number, { asker, request }: Asked): void {
    this.#child?.send(writeBrokerFrame(toBroker.ask, id, { asker, text: JSON.stringify(request) }));
  }

  #part(id: number, text: Buffer): void {
    const more = (): void => this.#child?.send(writeBrokerFrame(toBroker.more, id));
    this.#waiting.get(id)?.sink.part(text, more);
  }

  #answer(id: number, text: Buffer): void {
    const asked = this.#waiting.get(id);
    this.#waiting.delete(id);
    asked?.sink.end(text);
    this.#watchFirst();
  }

  /** The question that the broker is at, since it takes them in order. */
  #answerFirst(code: QueryErrorCode, message: string): void {
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

function unknown({ connection }: BrokerRequest): Buffer {
  const fix = `Add [connections.${connection}] to .strongroom/config.toml, or to secrets.toml where it holds a password.`;
  return failure("ERR_CONNECTION_UNKNOWN", `There is no connection "${connection}". ${fix}`);
}
