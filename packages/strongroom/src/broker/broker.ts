import { isDeepStrictEqual } from "node:util";
import type { Asker } from "../wire/broker-frames.ts";
import type { BrokerAnswer } from "../wire/query-answer.ts";
import { brokerQuestionSchema, queryLimits, type BrokerQuestion, type BrokerSetup } from "../wire/query.ts";
import { decodeText } from "../wire/schema.ts";
import { isPlainObject } from "../wire/schema-structures.ts";
import { connect } from "./connect.ts";
import type { Connection } from "./connection.ts";
import { Mask } from "../secrets/mask.ts";
import { credentialsOf } from "./credentials.ts";
import { BrokerError } from "./errors.ts";
import { withoutCredentials, withoutCredentialsInBody } from "./hide-credentials.ts";
import { Question } from "./question.ts";
import { settingsOf, type ConnectionSettings } from "./settings.ts";
import { ViewerMasks } from "./viewer-masks.ts";

/** Where answers go. */
export interface BrokerPort {
  readonly part: (id: number, text: string) => void;
  readonly end: (id: number, text: string) => void;
  /** Tells the operator, not the author, what went wrong. */
  readonly report: (text: string) => void;
}

interface Opened {
  readonly settings: ConnectionSettings;
  readonly connection: Promise<Connection>;
}

/** Answers questions of workers; holds the connections and what they need. */
export class Broker {
  #setup: BrokerSetup;
  readonly #port: BrokerPort;
  readonly #mask = new Mask();
  readonly #viewers = new ViewerMasks();
  readonly #open = new Map<string, Opened>();
  readonly #questions = new Map<number, Question>();

  constructor(setup: BrokerSetup, port: BrokerPort) {
    this.#setup = setup;
    this.#port = port;
    this.#mask.learn(credentialsOf(setup.connections));
  }

  /** What is printed by us or by the code of a custom connection, without credentials. */
  masked(text: string): string {
    return this.#viewers.text(this.#mask.text(text));
  }

  /** Takes up other settings: what is open by changed ones is closed once its last question must have ended. */
  renew(setup: BrokerSetup): void {
    const before = this.#setup;
    this.#setup = setup;
    this.#mask.learn(credentialsOf(setup.connections));
    for (const [name, { settings, connection }] of this.#open) {
      if (isDeepStrictEqual(sectionOf(before, name), sectionOf(setup, name))) continue;
      this.#open.delete(name);
      const close = (): void => void connection.then((opened) => opened.close()).catch(() => {}); // it never opened
      setTimeout(close, settings.timeoutMs).unref();
    }
  }

  /** Answers one question; whatever goes wrong becomes an answer. */
  async ask(id: number, asker: Asker, text: string): Promise<void> {
    const masks = [this.#mask];
    const clean = (part: string): string => masks.reduce(withoutCredentials, part);
    const question = new Question(asker, (part) => this.#port.part(id, clean(part)));
    this.#questions.set(id, question);
    const answer = await this.#answer(text, question, masks).catch((error: unknown) => this.#failure(error));
    question.end();
    this.#questions.delete(id);
    this.#port.end(id, clean(JSON.stringify(answer)));
  }

  /** A part was taken. */
  more(id: number): void {
    this.#questions.get(id)?.more();
  }

  /** Nobody waits for the answer any more. */
  cancel(id: number): void {
    this.#questions.get(id)?.abort(unwanted());
  }

  /** An asker is gone: what it asked is given up, what it has open is taken back. */
  release(asker: Asker): void {
    for (const question of this.#questions.values()) if (question.isOf(asker)) question.abort(unwanted());
    for (const { connection } of this.#open.values())
      connection.then((opened) => opened.release(asker)).catch(() => {}); // it never opened
  }

  async close(): Promise<void> {
    for (const id of this.#questions.keys()) this.cancel(id);
    await Promise.allSettled(
      [...this.#open.values()].map(async ({ connection }) => (await connection).close()),
    );
  }

  /** `masks` hide what the answer must not hold: the token of the viewer who asks, too. */
  async #answer(text: string, question: Question, masks: Mask[]): Promise<BrokerAnswer> {
    const decoded = decodeText(brokerQuestionSchema, text, queryLimits.requestChars);
    if (!decoded.ok)
      throw new BrokerError("ERR_QUERY_TEXT", `The query: expected ${decoded.expected} at ${decoded.at}.`);
    if ("bearer" in decoded.value && decoded.value.bearer !== undefined)
      masks.push(this.#viewers.of(decoded.value.bearer));
    const { settings, connection } = this.#connection(decoded.value);
    question.limit(settings.timeoutMs);
    const end = await (await connection).ask(decoded.value, question.call);
    return masks.reduce(withoutCredentialsInBody, { ok: true, end: true, ...end });
  }

  #connection({ connection: name }: BrokerQuestion): Opened {
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const settings = settingsOf(name, this.#setup);
    const opened = { settings, connection: connect(settings) };
    this.#open.set(name, opened);
    // What could not be loaded may have been installed by the next time.
    opened.connection.catch(() => this.#open.delete(name));
    return opened;
  }

  #failure(error: unknown): BrokerAnswer {
    const isKnown = error instanceof BrokerError;
    if (!isKnown || error.code === "ERR_CALL_FAILED") this.#port.report(this.masked(textOf(error)));
    if (isKnown) return { ok: false, code: error.code, message: error.message.slice(0, 5_000) };
    return { ok: false, code: "ERR_QUERY_FAILED", message: "The query failed; the server's log says more." };
  }
}

function unwanted(): BrokerError {
  return new BrokerError("ERR_QUERY_FAILED", "Nobody waits for the answer any more.");
}

function sectionOf({ connections }: BrokerSetup, name: string): unknown {
  return isPlainObject(connections) ? connections[name] : undefined;
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return "a value that is no Error was thrown";
  const cause = error.cause === undefined ? "" : `\ncaused by: ${textOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
