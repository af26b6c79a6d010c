import type { BrokerResult } from "../wire/query-answer.ts";
import {
  connectionName,
  queryLimits,
  type QueryRequest,
  type QueryValue as SentValue,
} from "../wire/query.ts";
import { cacheData } from "./cache.ts";
import { badOption, StrongroomError } from "./errors.ts";
import { currentScope, currentRun, type Run } from "./run.ts";
import { cutAtNames, refuseAnswersIn } from "./query-text.ts";

/** What a query may be given as a value. */
export type QueryValue = null | undefined | string | number | boolean | bigint | Date | Uint8Array;

/** A row of a result, by the names of its columns. */
export type Row = Record<string, null | string | number | boolean | bigint | Date | Uint8Array>;

export interface QueryOptions {
  /** Values of the names in the text: `:region` is `params.region`. */
  readonly params: Readonly<Record<string, QueryValue>>;
  /** How long a result may be used again, by all viewers: seconds, or text such as `"10m"`. Default: not at all. */
  readonly ttl?: number | string;
  /** A result with more rows is an error. Default 100,000. */
  readonly maxRows?: number;
}

/** Options that a connection gives to each of its queries. */
export type ConnectionOptions = Pick<QueryOptions, "ttl" | "maxRows">;

/** A database, asked by way of a process that alone knows its credentials. */
export interface Connection {
  /** Rows of a query; what stands in `${…}` travels beside the text and never becomes part of it. */
  query<R extends object = Row>(text: TemplateStringsArray, ...values: readonly QueryValue[]): Promise<R[]>;
  /** Rows of a query with `:names`; `params` says what they stand for. */
  query<R extends object = Row>(text: string, options: QueryOptions): Promise<R[]>;
}

const defaultMaxRows = 100_000;

/** Answers the connection of that name under `[connections]` in `.strongroom/secrets.toml`. */
export function connection(name: string, options: ConnectionOptions = {}): Connection {
  if (connectionName.check(name, "") !== undefined)
    throw badOption("connection", "name", connectionName.expected);
  return {
    query: (text: TemplateStringsArray | string, ...rest: readonly unknown[]) =>
      typeof text === "string"
        ? queryNamed(name, text, { ...options, ...(rest[0] as QueryOptions | undefined) })
        : queryTemplate(name, text, { options, values: rest as readonly QueryValue[] }),
  } as Connection;
}

async function queryTemplate(
  connection: string,
  strings: TemplateStringsArray,
  { options, values }: { options: ConnectionOptions; values: readonly QueryValue[] },
): Promise<unknown[]> {
  // Only the language makes such a list, from text that stands in the source.
  if (!Array.isArray(strings) || !Object.isFrozen(strings) || !Array.isArray(strings.raw))
    throw notATemplate();
  const params = values.map((value, index) => toParam(value, `value ${index + 1}`));
  return rowsFor(
    currentRun(),
    { kind: "query", connection, texts: [...strings], values: params, maxRows: maxRowsOf(options) },
    options.ttl,
  );
}

async function queryNamed(
  connection: string,
  text: string,
  options: ConnectionOptions & Partial<QueryOptions>,
): Promise<unknown[]> {
  const { params: named } = options;
  if (typeof named !== "object" || named === null) throw notATemplate();
  const live = currentRun();
  refuseAnswersIn(text, live);
  const { texts, names } = cutAtNames(text);
  const params = names.map((name) => {
    if (Object.hasOwn(named, name)) return toParam(named[name], `params.${name}`);
    throw badOption("connection", "params", `given a value for \`:${name}\`, which the query's text names`);
  });
  return rowsFor(
    live,
    { kind: "query", connection, texts, values: params, maxRows: maxRowsOf(options) },
    options.ttl,
  );
}

function notATemplate(): StrongroomError {
  return new StrongroomError(
    "ERR_QUERY",
    "A query is a template: db.query`select … where region = ${region}`, or text with names and their values: " +
      'db.query("select … where region = :region", { params: { region } }). Text put together from values lets a viewer write SQL.',
  );
}

function maxRowsOf({ maxRows = defaultMaxRows }: ConnectionOptions): number {
  if (Number.isInteger(maxRows) && maxRows >= 1 && maxRows <= queryLimits.rows) return maxRows;
  throw badOption(
    "connection",
    "maxRows",
    `a whole number from 1 to ${queryLimits.rows.toLocaleString("en")}`,
  );
}

function rowsFor(live: Run, request: QueryRequest, ttl: number | string | undefined): Promise<unknown[]> {
  if (ttl === undefined) return ask(live, request);
  // One place for all: the arguments name connection, text and values.
  return cacheData((asked: QueryRequest) => ask(live, asked), { ttl }, "st.connection")(request);
}

async function ask({ session, signal }: Run, request: QueryRequest): Promise<unknown[]> {
  // Taken here, while the author's line is on the stack: the answer comes on a tick of the socket.
  const here = new Error();
  // A result that is kept for others is worth waiting for, even when this run is not.
  const until = currentScope()?.forOthers === true ? new AbortController().signal : signal;
  try {
    return rowsOf(await session.services.ask(session.number, request, until));
  } catch (error) {
    if (error instanceof StrongroomError) error.stack = stackFrom(here, error);
    throw error;
  }
}

/** An error's own first line, over the frames of the place where it was asked for. */
function stackFrom(place: Error, { name, message }: Error): string {
  return [`${name}: ${message}`, ...(place.stack ?? "").split("\n").slice(1)].join("\n");
}

function rowsOf({ columns, values }: BrokerResult): Record<string, unknown>[] {
  return (values[0] ?? []).map((_, at) => {
    const row: Record<string, unknown> = {};
    for (const [index, { name }] of columns.entries()) setField(row, name, values[index]?.[at]);
    return row;
  });
}

function setField(row: Record<string, unknown>, name: string, value: unknown): void {
  // Not an assignment: a column of that name must not become the row's prototype.
  if (name === "__proto__")
    Object.defineProperty(row, name, { value, enumerable: true, writable: true, configurable: true });
  else row[name] = value;
}

function toParam(value: QueryValue, name: string): SentValue {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (Number.isFinite(value)) return value;
      break;
    case "bigint":
      return { big: value.toString() };
    case "undefined":
      return null;
    case "object":
      if (value === null) return null;
      if (value instanceof Date && !Number.isNaN(value.getTime())) return { date: value.toISOString() };
      if (value instanceof Uint8Array)
        return { bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
      break;
    default:
  }
  throw badOption(
    "connection",
    name,
    "text, a number, true or false, a whole number (bigint), a date, bytes or null",
  );
}
