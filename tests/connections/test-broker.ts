import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Broker } from "../../packages/strongroom/src/broker/broker.ts";
import type { Asker } from "../../packages/strongroom/src/wire/broker-frames.ts";
import type { BrokerResult } from "../../packages/strongroom/src/wire/query-answer.ts";
import type { BrokerQuestion, QueryValue } from "../../packages/strongroom/src/wire/query.ts";
import { BrokerAnswerReader } from "../../packages/strongroom/src/worker/broker-answer.ts";

/** What a question came to: the answer, or the error that an author would read. */
export type Outcome = BrokerResult | { readonly code: string; readonly message: string };

export interface QueryOptions {
  readonly values?: readonly QueryValue[];
  readonly maxRows?: number;
  readonly transaction?: number;
  readonly connection?: string;
  readonly asker?: Asker;
}

const nobody: Asker = { worker: 1, session: 1 };

/** A broker in this process, in an app's folder of its own; both are gone at the end of the test. */
export class TestBroker implements AsyncDisposable {
  readonly folder: string;
  readonly broker: Broker;
  /** What the operator would read. */
  readonly reports: string[] = [];
  /** Parts are taken only while this is true. */
  isTaking = true;
  parts = 0;
  readonly #sinks = new Map<number, { part: (text: string) => void; end: (text: string) => void }>();
  #last = 0;

  constructor(connections: Readonly<Record<string, unknown>>, files: Readonly<Record<string, string>> = {}) {
    this.folder = mkdtempSync(join(tmpdir(), "strongroom-broker-"));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
    // What comes from a file of TOML is plain data.
    const plain = JSON.parse(JSON.stringify(connections)) as Record<string, never>;
    this.broker = new Broker(
      { appFolder: this.folder, connections: plain, tie: [] },
      {
        part: (id, text) => this.#sinks.get(id)?.part(text),
        end: (id, text) => this.#sinks.get(id)?.end(text),
        report: (text) => void this.reports.push(text),
      },
    );
  }

  /** Asks as a gateway would. */
  send(request: unknown, asker = nobody): { readonly id: number; readonly answer: Promise<Outcome> } {
    const id = ++this.#last;
    const reader = new BrokerAnswerReader();
    const answer = new Promise<Outcome>((resolve) => {
      this.#sinks.set(id, {
        part: (text) => {
          this.parts++;
          reader.take(text);
          if (this.isTaking) setImmediate(() => this.broker.more(id));
        },
        end: (text) => {
          this.#sinks.delete(id);
          resolve(endOf(reader, text));
        },
      });
    });
    const text = typeof request === "string" ? request : JSON.stringify(request);
    void this.broker.ask(id, asker, text);
    return { id, answer };
  }

  ask(request: BrokerQuestion, asker?: Asker): Promise<Outcome> {
    return this.send(request, asker).answer;
  }

  /** Asks one query; `?` stands for each value. */
  query(text: string, options: QueryOptions = {}): Promise<Outcome> {
    return this.sendQuery(text, options).answer;
  }

  sendQuery(text: string, options: QueryOptions = {}): ReturnType<TestBroker["send"]> {
    const { values = [], maxRows = 100_000, transaction, connection = "shop", asker } = options;
    const texts = values.length === 0 ? [text] : text.split("?");
    const request = { kind: "query", connection, texts, values, maxRows };
    return this.send({ ...request, ...(transaction === undefined ? {} : { transaction }) }, asker);
  }

  /** Rows of a query that must succeed. */
  async rows(text: string, options: QueryOptions = {}): Promise<unknown[][]> {
    const outcome = await this.query(text, options);
    if (!("values" in outcome)) throw new Error(`${outcome.code}: ${outcome.message}`);
    return (outcome.values[0] ?? []).map((_, row) => outcome.values.map((column) => column[row]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.broker.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function endOf(reader: BrokerAnswerReader, text: string): Outcome {
  try {
    const whole = reader.take(text);
    if (whole === undefined) throw new Error("An end was expected.");
    return whole;
  } catch (error) {
    const { code = "none", message } = error as Error & { code?: string };
    return { code, message };
  }
}
