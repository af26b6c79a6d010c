import type { BrokerResult } from "../wire/query-answer.ts";
import type { BrokerRequest } from "../wire/query.ts";
import { ask, askOrRecall, type AskOptions, type ViewerOption } from "./connection-ask.ts";
import { badOption, StrongroomError } from "./errors.ts";
import { checkNames, optionNames } from "./option-names.ts";
import {
  bodyOf,
  headerPairs,
  namedPath,
  pathOf,
  queryPairs,
  type BodyOptions,
  type PathValue,
  type QueryStringValue,
} from "./http-request.ts";
import { currentRun } from "./run.ts";
import { isTemplate, type SourceText } from "./source-text.ts";
import { refuseAnswersInPath } from "./viewer-text.ts";

type HttpRequest = Extract<BrokerRequest, { kind: "http" }>;

/** Options of a request. */
export interface HttpOptions extends AskOptions, ViewerOption {
  /** Values of the names in the path: `/users/:id` takes `params.id`. Each is percent-encoded. */
  readonly params?: Readonly<Record<string, PathValue>>;
  /** What follows the question mark. */
  readonly query?: Readonly<Record<string, QueryStringValue | readonly QueryStringValue[]>>;
  /** Headers beside those of the connection's settings. Each value is one line of ASCII. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Options of a request that changes something: it is never answered from a cache. */
export interface HttpWriteOptions extends Omit<HttpOptions, "ttl">, BodyOptions {}

/** What a service answered. An answer of status 400 and more is one, too: look at `ok`. */
export interface HttpAnswer {
  /** The status of HTTP, such as 200. */
  readonly status: number;
  /** True for a status from 200 to 299. */
  readonly ok: boolean;
  /** By name in small letters; one that came several times is joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it came. */
  readonly bytes: Uint8Array;
  /** The body as text (UTF-8). */
  text(): string;
  /** What the body's JSON says; throws `ERR_CONNECTION` where it is none. The type is the author's word: check what matters. */
  json<T = unknown>(): T;
}

interface Read {
  /** Asks for a path; values in it are percent-encoded: api.get`/users/${id}`. */
  (path: TemplateStringsArray, ...values: readonly PathValue[]): Promise<HttpAnswer>;
  /** Asks for a path that stands in the source, with `params`, `query`, `headers` and `ttl`. */
  <const T extends string>(path: SourceText<T>, options?: HttpOptions): Promise<HttpAnswer>;
}

interface Write {
  /** Sends a request without a body; values in the path are percent-encoded: api.delete`/users/${id}`. */
  (path: TemplateStringsArray, ...values: readonly PathValue[]): Promise<HttpAnswer>;
  /** Sends a request to a path that stands in the source, with `params`, `query`, `headers`, `json` or `body`. */
  <const T extends string>(path: SourceText<T>, options?: HttpWriteOptions): Promise<HttpAnswer>;
}

/**
 * A service on the web, asked by way of a process that alone knows its address and credentials. Every path lies below the
 * `url` of the connection's settings. Methods that change something need `write = true` there.
 */
export interface HttpConnection {
  readonly get: Read;
  readonly head: Read;
  readonly post: Write;
  readonly put: Write;
  readonly patch: Write;
  readonly delete: Write;
}

const requestNames = { params: true, query: true, headers: true, as: true } as const;
const reading = optionNames<HttpOptions>()({ ...requestNames, ttl: true });
const writing = optionNames<HttpWriteOptions>()({ ...requestNames, json: true, body: true });

export function httpConnection(connection: string, defaults: AskOptions & ViewerOption): HttpConnection {
  const method =
    (name: HttpRequest["method"]) =>
    async (...given: readonly unknown[]): Promise<HttpAnswer> => {
      const isRead = name === "GET" || name === "HEAD";
      const { path, options } = readCall(name.toLowerCase(), given, isRead ? reading : writing);
      const all = { ...defaults, ...options };
      const request = requestOf(
        { kind: "http", connection, method: name, path, query: [], headers: [] },
        all,
      );
      return isRead ? recalled(request, all) : answerOf(plainAnswer(await ask(currentRun(), request)));
    };
  return Object.freeze({
    get: method("GET"),
    head: method("HEAD"),
    post: method("POST"),
    put: method("PUT"),
    patch: method("PATCH"),
    delete: method("DELETE"),
  });
}

type AnyOptions = HttpOptions & BodyOptions;

function readCall(
  method: string,
  [path, ...rest]: readonly unknown[],
  known: Readonly<Record<string, true>>,
): { path: string; options: AnyOptions } {
  if (typeof path !== "string") {
    if (isTemplate(path, rest.length)) return { path: pathOf(path, rest), options: {} };
    throw new StrongroomError(
      "ERR_QUERY",
      `A path is a template: api.${method}\`/users/\${id}\`, or text with names and their values: api.${method}("/users/:id", { params: { id } }).`,
    );
  }
  const options = (rest[0] ?? {}) as AnyOptions; // each is checked where it is used
  checkNames(`api.${method}`, options, known);
  refuseAnswersInPath(path, currentRun());
  return { path: namedPath(path, options.params ?? {}), options };
}

function requestOf(base: HttpRequest, options: AnyOptions): HttpRequest {
  const { body, type } = bodyOf(options);
  const headers = headerPairs(options.headers ?? {});
  if (type !== undefined && !headers.some(([name]) => name === "content-type"))
    headers.push(["content-type", type]);
  return {
    ...base,
    query: queryPairs(options.query ?? {}),
    headers,
    ...(body === undefined ? {} : { body }),
    ...(isViewer(options) ? { asViewer: true } : {}),
  };
}

function isViewer({ as }: ViewerOption): boolean {
  if (as === undefined || as === "viewer") return as === "viewer";
  throw badOption("connection", "as", '"viewer", or left out');
}

/** An answer as plain data, which a cache can hold. */
interface PlainAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/** Carries an answer past the cache, which keeps nothing that throws. */
class NotKept extends Error {
  readonly answer: PlainAnswer;

  constructor(answer: PlainAnswer) {
    super("The service answered with an error.");
    this.answer = answer;
  }
}

async function recalled(request: HttpRequest, options: AskOptions & ViewerOption): Promise<HttpAnswer> {
  try {
    const answer = await askOrRecall(request, options, (result) => {
      const plain = plainAnswer(result);
      if (plain.status >= 400) throw new NotKept(plain);
      return plain;
    });
    return answerOf(answer);
  } catch (error) {
    if (error instanceof NotKept) return answerOf(error.answer);
    throw error;
  }
}

function plainAnswer({ http }: BrokerResult): PlainAnswer {
  if (http === undefined)
    throw new StrongroomError("ERR_CONNECTION", "The broker's answer could not be read.");
  return { status: http.status, headers: http.headers, body: http.body };
}

function answerOf({ status, headers, body }: PlainAnswer): HttpAnswer {
  const byName = new Map<string, string>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    const before = byName.get(lower);
    byName.set(lower, before === undefined ? value : `${before}, ${value}`);
  }
  const text = (): string => new TextDecoder().decode(body);
  return {
    status,
    ok: status >= 200 && status < 300,
    headers: Object.fromEntries(byName),
    bytes: body,
    text,
    json: <T>() => {
      try {
        return JSON.parse(text()) as T;
      } catch {
        throw new StrongroomError("ERR_CONNECTION", `The service's answer (status ${status}) is not JSON.`);
      }
    },
  };
}
