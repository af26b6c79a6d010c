import { pathToFileURL } from "node:url";
import type { BrokerQuestion } from "../../wire/query.ts";
import { s } from "../../wire/s.ts";
import { decode, type Json } from "../../wire/schema.ts";
import { isPlainObject } from "../../wire/schema-structures.ts";
import { tooManyBytes } from "../answer.ts";
import type { Call, Connection, End } from "../connection.ts";
import { BrokerError } from "../errors.ts";
import type { CustomSettings } from "../settings.ts";

/** What the module of a custom connection exports as its default. */
interface CustomModule {
  readonly open: (settings: Json) => unknown;
  readonly calls: Readonly<Record<string, unknown>>;
  readonly close?: unknown;
}

const plain = s.json({ maxDepth: 20, maxNodes: 1_000_000 });
const mostBytes = 40_000_000;

/** A connection whose code the operator wrote; it runs in the broker, with its settings and without the app's. */
export class CustomConnection implements Connection {
  readonly #settings: CustomSettings;
  readonly #module: CustomModule;
  #client: Promise<unknown> | undefined;

  private constructor(settings: CustomSettings, module: CustomModule) {
    this.#settings = settings;
    this.#module = module;
  }

  static async open(settings: CustomSettings): Promise<CustomConnection> {
    const { module: path, name } = settings;
    const loaded: unknown = await import(pathToFileURL(path).href).catch((error: unknown) => {
      throw failed(name, "its module could not be loaded", error);
    });
    const module: unknown =
      isPlainObject(loaded) || typeof loaded === "object" ? Reflect.get(loaded ?? {}, "default") : undefined;
    if (!isPlainObject(module) || typeof module["open"] !== "function" || !isPlainObject(module["calls"]))
      throw new BrokerError(
        "ERR_CONNECTION_SETTINGS",
        `connections.${name}.module: expected \`export default { open(settings) { … }, calls: { name(client, args, { signal }) { … } } }\`.`,
      );
    // Checked above, as far as a function can be.
    return new CustomConnection(settings, module as unknown as CustomModule);
  }

  async ask(request: BrokerQuestion, { signal }: Call): Promise<End> {
    const { name } = this.#settings;
    if (request.kind !== "call")
      throw new BrokerError(
        "ERR_QUERY_REFUSED",
        `connections.${name} is a connection of your own: ask it by call.`,
      );
    const { calls } = this.#module;
    const call = Object.hasOwn(calls, request.name) ? calls[request.name] : undefined;
    if (typeof call !== "function")
      throw new BrokerError(
        "ERR_QUERY_REFUSED",
        `connections.${name} has no such call; its module has ${Object.keys(calls).join(", ") || "none"}.`,
      );
    const client = await this.#opened();
    const run = async (): Promise<unknown> =>
      Reflect.apply(call, undefined, [client, request.args, { signal }]);
    const running = run().catch((error: unknown) => {
      throw failed(name, `its call ${request.name} failed`, error);
    });
    return this.#plain(await untilAborted(running, signal), request.name);
  }

  release(): void {}

  async close(): Promise<void> {
    const { close } = this.#module;
    if (this.#client === undefined || typeof close !== "function") return;
    const client = await this.#client;
    const end = async (): Promise<unknown> => Reflect.apply(close, undefined, [client]);
    await end().catch(() => {}); // it ends anyway
  }

  #opened(): Promise<unknown> {
    const { name, settings } = this.#settings;
    const open = async (): Promise<unknown> => this.#module.open(settings);
    this.#client ??= open().catch((error: unknown) => {
      this.#client = undefined;
      throw failed(name, "it could not be opened", error);
    });
    return this.#client;
  }

  #plain(value: unknown, call: string): End {
    const decoded = decode(plain, value ?? null);
    if (!decoded.ok)
      throw new BrokerError(
        "ERR_CALL_FAILED",
        `The call ${call} of connections.${this.#settings.name} answered something else than plain data.`,
      );
    const most = Math.min(this.#settings.maxBytes, mostBytes);
    if (JSON.stringify(decoded.value).length > most) throw tooManyBytes(most);
    return { result: decoded.value };
  }
}

function untilAborted<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  return Promise.race([running, promise]);
}

/** The operator reads what happened, in the log; an author reads that something did. */
function failed(name: string, what: string, error: unknown): BrokerError {
  if (error instanceof BrokerError) return error;
  return new BrokerError("ERR_CALL_FAILED", `connections.${name}: ${what}; the server's log says more.`, {
    cause: error,
  });
}
