import { join } from "node:path";
import type { Logger } from "pino";
import { maxBrokerId, readBrokerFrame, writeBrokerFrame } from "../../wire/broker-frames.ts";
import type { QueryFailure, QueryRequest } from "../../wire/query.ts";
import { ownLaunch } from "./own-launch.ts";
import { SteadyChild } from "./steady-child.ts";

export interface BrokerPlan {
  readonly dist: string;
  readonly appFolder: string;
  readonly connections: Readonly<Record<string, unknown>>;
  readonly log: Logger;
}

/** Answers a question: JSON text that a worker decodes. */
export type Ask = (request: QueryRequest) => Promise<Buffer>;

const setupId = 0;

/** Starts the broker where there are connections to hold. */
export function startBroker(plan: BrokerPlan): { readonly ask: Ask; readonly stop: () => Promise<void> } {
  if (Object.keys(plan.connections).length === 0) return { ask: askNobody, stop: () => Promise.resolve() };
  const link = new BrokerLink(plan);
  return { ask: (request) => link.ask(request), stop: () => link.stop() };
}

export function failure(code: string, message: string): Buffer {
  return Buffer.from(JSON.stringify({ ok: false, code, message } satisfies QueryFailure));
}

function askNobody({ connection }: QueryRequest): Promise<Buffer> {
  const fix = `Add [connections.${connection}] to .strongroom/secrets.toml or .strongroom/config.toml.`;
  return Promise.resolve(failure("ERR_UNKNOWN_CONNECTION", `There is no connection "${connection}". ${fix}`));
}

function ended(): Buffer {
  return failure("ERR_BROKER_ENDED", "The broker ended before it could answer; it is started again.");
}

class BrokerLink {
  readonly #child: SteadyChild;
  readonly #waiting = new Map<number, (text: Buffer) => void>();
  #last = setupId;

  constructor({ dist, appFolder, connections, log }: BrokerPlan) {
    this.#child = new SteadyChild({
      name: "broker",
      launch: ownLaunch(join(dist, "broker", "broker-main.js"), appFolder),
      hello: writeBrokerFrame(setupId, Buffer.from(JSON.stringify({ appFolder, connections }))),
      frame: (payload) => {
        const { id, text } = readBrokerFrame(payload);
        this.#waiting.get(id)?.(text);
        this.#waiting.delete(id);
      },
      fell: () => this.#failAll(),
      log,
    });
  }

  ask(request: QueryRequest): Promise<Buffer> {
    const id = (this.#last = this.#last === maxBrokerId ? setupId + 1 : this.#last + 1);
    return new Promise((resolve) => {
      const isSent = this.#child.send(writeBrokerFrame(id, Buffer.from(JSON.stringify(request))));
      if (isSent) this.#waiting.set(id, resolve);
      else resolve(ended());
    });
  }

  async stop(): Promise<void> {
    await this.#child.stop();
    this.#failAll();
  }

  #failAll(): void {
    for (const resolve of this.#waiting.values()) resolve(ended());
    this.#waiting.clear();
  }
}
