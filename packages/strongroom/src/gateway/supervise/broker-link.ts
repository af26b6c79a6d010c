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
import type { BrokerQuestion } from "../../wire/query.ts";
import { writesOf, type BrokerSecrets } from "./broker-secrets.ts";
import { ownLaunch } from "./own-launch.ts";
import { tied, type Programs } from "./programs.ts";
import { SteadyChild } from "./steady-child.ts";

export interface BrokerPlan {
  readonly programs: Programs;
  readonly dist: string;
  readonly appFolder: string;
  /** What the configuration says of them; it holds no secret. */
  readonly connections: Readonly<Record<string, unknown>>;
  readonly brokerSecrets?: BrokerSecrets | undefined;
  readonly log: Logger;
  /** How long the broker may say nothing at all while it is asked, in ms. Default 10,000. */
  readonly maxSilentMs?: number;
}

/** Where the parts of an answer go: JSON text that a worker decodes. */
export interface Sink {
  /** Takes a part; `more` asks for another one. */
  readonly part: (text: Buffer, more: () => void) => void;
  readonly end: (text: Buffer) => void;
}

export interface Broker {
  /** Asks; answers how to give the question up. */
  ask(asker: Asker, request: BrokerQuestion, sink: Sink): () => void;
  /** Lets go of what is held for an asker. */
  release(asker: Asker): void;
}

interface Asked {
  readonly asker: Asker;
  readonly request: BrokerQuestion;
  readonly sink: Sink;
  /** A part of the answer was handed on, or the question was asked twice already. */
  isFinal: boolean;
}

const noId = 0;
const defaultSilentMs = 10_000;
/** Counted, not timed: while we ourselves stood still, nobody could answer. */
const pings = 5;

export function failure(code: QueryErrorCode, message: string): Buffer {
  return Buffer.from(JSON.stringify({ ok: false, code, message } satisfies BrokerFailure));
}

/**
 * The way to the broker. When it ends, it is started again: what only reads is asked once more, all else hears that it
 * ended. When it says nothing for long, as the code of a custom connection may bring about, it is ended.
 */
export class BrokerLink implements Broker {
  readonly #plan: BrokerPlan;
  readonly #waiting = new Map<number, Asked>();
  #child: SteadyChild | undefined;
  #writes: Readonly<Record<string, boolean>>;
  #last = noId;
  #timer: NodeJS.Timeout | undefined;
  /** So many pings in a row were not answered. */
  #unanswered = 0;

  constructor(plan: BrokerPlan) {
    this.#plan = plan;
    this.#writes = plan.brokerSecrets?.writes ?? writesOf(plan.connections);
    // Without connections nobody needs the process.
    if (Object.keys(this.#writes).length > 0) this.#child = this.#start();
  }

  /** The secrets have changed: the broker reads them again, and opens anew what they change. */
  renew(writes: BrokerSecrets["writes"]): void {
    this.#writes = writes;
    if (this.#child !== undefined) this.#child.send(this.#hello());
    else if (Object.keys(writes).length > 0) this.#child = this.#start();
  }

  ask(asker: Asker, request: BrokerQuestion, sink: Sink): () => void {
    if (this.#child === undefined) {
      sink.end(unknown(request));
      return () => {};
    }
    const id = (this.#last = this.#last === maxBrokerId ? noId + 1 : this.#last + 1);
    const asked = { asker, request, sink, isFinal: !this.#onlyReads(request) };
    this.#waiting.set(id, asked);
    this.#send(id, asked);
    if (this.#timer === undefined) this.#listen();
    return () => {
      if (this.#waiting.delete(id)) this.#child?.send(writeBrokerFrame(toBroker.cancel, id));
    };
  }

  release(asker: Asker): void {
    this.#child?.send(writeBrokerFrame(toBroker.release, noId, { asker }));
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#child?.stop();
    this.#failAll(() => true, "The server is stopping.");
  }

  #start(): SteadyChild {
    const { dist, appFolder, programs, log } = this.#plan;
    return new SteadyChild({
      name: "broker",
      launch: ownLaunch(join(dist, "broker", "broker-main.js"), appFolder, programs),
      hello: this.#hello(),
      frame: (payload) => this.#hear(payload),
      fell: () => this.#fell(),
      restarted: () => {
        this.#unanswered = 0;
        for (const [id, asked] of this.#waiting) this.#send(id, asked);
      },
      log,
    });
  }

  #hello(): Buffer {
    const { appFolder, connections, brokerSecrets, programs } = this.#plan;
    const { command, args } = tied(programs, "", []);
    const tie = command === "" ? [] : [command, ...args.slice(0, -1)];
    const setup = { appFolder, connections, secrets: brokerSecrets?.source, tie };
    return writeBrokerFrame(toBroker.setup, noId, { text: JSON.stringify(setup) });
  }

  #hear(payload: Buffer): void {
    this.#unanswered = 0;
    const { kind, id, text } = readBrokerFrame(payload);
    const asked = this.#waiting.get(id);
    if (asked === undefined) return;
    if (kind === fromBroker.part) {
      asked.isFinal = true;
      asked.sink.part(text, () => this.#child?.send(writeBrokerFrame(toBroker.more, id)));
    } else if (kind === fromBroker.end) {
      this.#waiting.delete(id);
      asked.sink.end(text);
    }
  }

  #send(id: number, { asker, request }: Asked): void {
    this.#child?.send(writeBrokerFrame(toBroker.ask, id, { asker, text: JSON.stringify(request) }));
  }

  /** The process ended: those that may be asked again wait for the next one, but once only. */
  #fell(): void {
    this.#failAll(({ isFinal }) => isFinal, "The broker ended before it had answered; it is started again.");
    for (const asked of this.#waiting.values()) asked.isFinal = true;
  }

  #failAll(which: (asked: Asked) => boolean, message: string): void {
    for (const [id, asked] of this.#waiting) {
      if (!which(asked)) continue;
      this.#waiting.delete(id);
      asked.sink.end(failure("ERR_BROKER_ENDED", message));
    }
  }

  /** Asks whether it is still there, as long as somebody waits for an answer. */
  #listen(): void {
    const { maxSilentMs = defaultSilentMs, log } = this.#plan;
    this.#unanswered = 0;
    this.#timer = setInterval(() => {
      if (this.#waiting.size === 0) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      } else if (this.#unanswered++ < pings) this.#child?.send(writeBrokerFrame(toBroker.ping, noId));
      else {
        log.error("the broker does not answer any more and is ended");
        this.#unanswered = 0;
        this.#child?.kill();
      }
    }, maxSilentMs / pings);
  }

  /** True for questions that do no harm when they are asked twice. */
  #onlyReads(request: BrokerQuestion): boolean {
    const mayWrite = this.#writes[request.connection] !== false;
    if (request.kind === "query") return !mayWrite && request.transaction === undefined;
    return request.kind === "http" && (request.method === "GET" || request.method === "HEAD");
  }
}

function unknown({ connection }: BrokerQuestion): Buffer {
  const fix = `Add [connections.${connection}] to .strongroom/config.toml, or to secrets.toml where it holds a password.`;
  return failure("ERR_CONNECTION_UNKNOWN", `There is no connection "${connection}". ${fix}`);
}
