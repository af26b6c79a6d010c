import { randomInt } from "node:crypto";
import type { BrokerResult } from "../wire/query-answer.ts";
import { queryLimits, type QueryRequest } from "../wire/query.ts";
import { ask, askOrRecall, type AskOptions } from "./connection-ask.ts";
import { Identifier, statementOf, type QueryValue, type Statement } from "./connection-values.ts";
import { badOption, StrongroomError } from "./errors.ts";
import { checkNames, optionNames } from "./option-names.ts";
import { cutAtNames } from "./query-text.ts";
import { currentRun } from "./run.ts";
import { isTemplate, type SourceText } from "./source-text.ts";
import { refuseAnswersInQuery } from "./viewer-text.ts";

/** What a database answers in one place of a row; of JSON, what it says. */
export type RowValue =
  | null
  | string
  | number
  | boolean
  | bigint
  | Date
  | Uint8Array
  | readonly unknown[]
  | { readonly [name: string]: unknown };

/** A row of a result, by the names of its columns. */
export type Row = Record<string, RowValue>;

/** Options that a database connection gives to each of its queries. */
export interface SqlOptions extends AskOptions {
  /** A result with more rows is an error, never cut off in silence. Default 100,000; at most 5,000,000. */
  readonly maxRows?: number;
}

/** Values of the names in a query's text: `:region` is `params.region`. */
export interface NamedValues {
  readonly params: Readonly<Record<string, QueryValue>>;
}

export type QueryOptions = NamedValues & SqlOptions;

/** Asks within a transaction: nothing of it is taken from a cache. */
export interface Transaction {
  /** Rows, as the transaction sees them. */
  query<R extends object = Row>(text: TemplateStringsArray, ...values: readonly QueryValue[]): Promise<R[]>;
  query<R extends object = Row, const T extends string = never>(
    text: SourceText<T>,
    options: NamedValues & Pick<SqlOptions, "maxRows">,
  ): Promise<R[]>;
  /** How many rows a statement changed. */
  execute(text: TemplateStringsArray, ...values: readonly QueryValue[]): Promise<Changed>;
  execute<const T extends string>(text: SourceText<T>, options: NamedValues): Promise<Changed>;
}

/** What a statement did. */
export interface Changed {
  /** How many rows it added, changed or removed. */
  readonly changed: number;
}

/** A database, asked by way of a process that alone knows its credentials. */
export interface Connection {
  /**
   * Rows of a query, as plain objects. What stands in `${…}` travels beside the text and never becomes part of it: no
   * quotes round it, and a list goes between brackets (`where id in (${ids})`).
   */
  query<R extends object = Row>(text: TemplateStringsArray, ...values: readonly QueryValue[]): Promise<R[]>;
  /** Rows of a query with `:names`; `params` says what they stand for. The text is one that stands in the source. */
  query<R extends object = Row, const T extends string = never>(
    text: SourceText<T>,
    options: QueryOptions,
  ): Promise<R[]>;
  /** Changes data, and answers how many rows. Needs `write = true` in the connection's settings. Never from a cache. */
  execute(text: TemplateStringsArray, ...values: readonly QueryValue[]): Promise<Changed>;
  execute<const T extends string>(text: SourceText<T>, options: NamedValues): Promise<Changed>;
  /**
   * Runs several statements that all hold, or none: when `work` throws, or a newer run replaces this one, nothing of it
   * has happened. Answers what `work` answers. Every statement in it is awaited, and asked of `tx`.
   */
  transaction<V>(work: (tx: Transaction) => Promise<V>): Promise<V>;
  /**
   * A name to stand in a query: `order by ${db.identifier(column, ["price", "date"])}`. Only a name of the list passes;
   * it is quoted as its database wants it.
   */
  identifier<const N extends string>(name: N | (string & {}), names: readonly N[]): Identifier;
}

const defaultMaxRows = 100_000;

export function sqlConnection(name: string, defaults: SqlOptions): Connection {
  const asked = new Asked(name, defaults);
  const methods = {
    query: (...given: readonly unknown[]) => asked.query(given),
    execute: (...given: readonly unknown[]) => asked.execute(given),
    transaction: (work: (tx: Transaction) => Promise<unknown>) => transaction(name, defaults, work),
    identifier,
  };
  // The overloads say what the methods take; each of them checks what it is given.
  return Object.freeze(methods) as unknown as Connection;
}

/** What a connection or a transaction is asked. */
class Asked {
  readonly #connection: string;
  readonly #defaults: SqlOptions;
  readonly #transaction: number | undefined;

  constructor(connection: string, defaults: SqlOptions, transaction?: number) {
    this.#connection = connection;
    this.#defaults = defaults;
    this.#transaction = transaction;
  }

  async query(given: readonly unknown[]): Promise<object[]> {
    const { statement, options } = this.#read("query", given);
    const maxRows = maxRowsOf(options);
    const request = this.#request(statement, maxRows);
    if (this.#transaction !== undefined) return rowsOf(await ask(currentRun(), request));
    const columns = await askOrRecall(request, options, ({ columns, values }) => ({ columns, values }));
    return rowsOf(columns);
  }

  async execute(given: readonly unknown[]): Promise<Changed> {
    const { statement } = this.#read("execute", given);
    const { changed = 0 } = await ask(currentRun(), this.#request(statement, defaultMaxRows));
    return { changed };
  }

  #request({ texts, values, names }: Statement, maxRows: number): QueryRequest {
    return {
      kind: "query",
      connection: this.#connection,
      texts,
      values,
      maxRows,
      ...(names.length === 0 ? {} : { names }),
      ...(this.#transaction === undefined ? {} : { transaction: this.#transaction }),
    };
  }

  /** What was given: a template and its values, or a text and its options. */
  #read(
    method: "query" | "execute",
    [text, ...rest]: readonly unknown[],
  ): { statement: Statement; options: SqlOptions } {
    if (typeof text !== "string") {
      if (!isTemplate(text, rest.length)) throw notATemplate(method);
      return {
        statement: statementOf(text, rest, (index) => `value ${index + 1}`),
        options: this.#defaults,
      };
    }
    // The third is the compiler's word that the text stands in the source.
    const [given, isConstant] = rest;
    const { params, ...options } = optionsOf(method, given);
    if (isConstant !== true) refuseAnswersInQuery(text, currentRun());
    return { statement: named(text, params), options: { ...this.#defaults, ...options } };
  }
}

const known = {
  query: optionNames<QueryOptions>()({ params: true, ttl: true, maxRows: true }),
  execute: optionNames<NamedValues>()({ params: true }),
};

function optionsOf(method: "query" | "execute", given: unknown): QueryOptions {
  const options = given as Partial<QueryOptions> | null | undefined;
  const params: unknown = options?.params;
  if (typeof params !== "object" || params === null) throw notATemplate(method);
  refuseIdentity(options as object);
  checkNames(`db.${method}`, options as object, known[method]);
  return options as QueryOptions;
}

function named(text: string, params: Readonly<Record<string, unknown>>): Statement {
  // Databases read no further than there, and disagree about what follows.
  if (text.includes("\0")) throw new StrongroomError("ERR_QUERY", "The text of a query holds a zero byte.");
  const { texts, names } = cutAtNames(text);
  const values = names.map((name) => {
    if (Object.hasOwn(params, name)) return params[name];
    throw badOption("connection", "params", `given a value for \`:${name}\`, which the query's text names`);
  });
  return statementOf(texts, values, (index) => `params.${names[index] ?? ""}`);
}

function identifier(name: string, names: readonly string[]): Identifier {
  if (!Array.isArray(names) || !names.every((one) => isName(one)))
    throw badOption(
      "connection",
      "identifier",
      'given the names that may pass: db.identifier(name, ["price", "date"])',
    );
  if (names.includes(name)) return new Identifier(name);
  throw new StrongroomError(
    "ERR_QUERY",
    "db.identifier was given a name that is not in its list. Add the name to the list, or choose it with st.selectbox from the same list.",
  );
}

function isName(name: unknown): boolean {
  return (
    typeof name === "string" && name !== "" && name.length <= queryLimits.nameChars && !name.includes("\0")
  );
}

function notATemplate(method: "query" | "execute"): StrongroomError {
  const [start, end] = method === "query" ? ["select …", "where"] : ["delete from …", "where"];
  return new StrongroomError(
    "ERR_QUERY",
    `A query is a template: db.${method}\`${start} ${end} region = \${region}\`, or text with names and their values: ` +
      `db.${method}("${start} ${end} region = :region", { params: { region } }). Text put together from values lets a viewer write SQL.`,
  );
}

function maxRowsOf({ maxRows = defaultMaxRows }: SqlOptions): number {
  if (Number.isInteger(maxRows) && maxRows >= 1 && maxRows <= queryLimits.rows) return maxRows;
  throw badOption(
    "connection",
    "maxRows",
    `a whole number from 1 to ${queryLimits.rows.toLocaleString("en")}`,
  );
}

/** A database knows its own accounts, not the tokens of viewers: what looks as if it did is refused. */
export function refuseIdentity(options: object): void {
  if (!("as" in options)) return;
  throw badOption(
    "connection",
    "as",
    'left out: only a connection with type: "http" asks as the viewer. In a query, say whose rows are meant: ' +
      "where owner = ${st.user.email}",
  );
}

/** What a promise comes to, or the end of its run: a script may wait for ever, and others wait for its locks. */
function untilOver<V>(working: Promise<V>, signal: AbortSignal): Promise<V> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = (): void => reject(signal.reason as Error);
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  return Promise.race([working, promise]).finally(() => signal.removeEventListener("abort", end));
}

async function transaction<V>(
  connection: string,
  defaults: SqlOptions,
  work: (tx: Transaction) => Promise<V>,
): Promise<V> {
  const live = currentRun();
  if (typeof work !== "function")
    throw badOption("connection", "transaction", "given a function: db.transaction(async (tx) => { … })");
  const which = { connection, transaction: randomInt(queryLimits.transaction) };
  const open = new OpenTransaction(new Asked(connection, defaults, which.transaction));
  try {
    await ask(live, { kind: "begin", ...which });
    const value = await untilOver(work(open.handle), live.signal);
    open.end();
    live.check();
    await ask(live, { kind: "commit", ...which }, "whatever happens");
    return value;
  } catch (error) {
    open.close();
    // What failed matters; a transaction that cannot be taken back is one that its database has given up.
    await ask(live, { kind: "rollback", ...which }, "whatever happens").catch(() => undefined);
    throw error;
  }
}

/** Refuses statements that come after the end, and an end that comes before a statement's answer. */
class OpenTransaction {
  #isOpen = true;
  #waiting = 0;
  readonly handle: Transaction;

  constructor(asked: Asked) {
    this.handle = Object.freeze({
      query: (...given: readonly unknown[]) => this.#run(() => asked.query(given)),
      execute: (...given: readonly unknown[]) => this.#run(() => asked.execute(given)),
    }) as unknown as Transaction;
  }

  async #run<V>(question: () => Promise<V>): Promise<V> {
    if (!this.#isOpen)
      throw new StrongroomError("ERR_TRANSACTION", "This transaction has ended; ask within its function.");
    this.#waiting++;
    try {
      return await question();
    } finally {
      this.#waiting--;
    }
  }

  end(): void {
    this.close();
    if (this.#waiting === 0) return;
    throw new StrongroomError(
      "ERR_TRANSACTION",
      "The function of a transaction ended before all of its statements had: await each of them.",
    );
  }

  close(): void {
    this.#isOpen = false;
  }
}

function rowsOf({ columns, values }: Pick<BrokerResult, "columns" | "values">): Record<string, unknown>[] {
  const names = columns.map(({ name }) => name);
  return (values[0] ?? []).map((_, at) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) setField(row, names[index] ?? "", values[index]?.[at]);
    return row;
  });
}

function setField(row: Record<string, unknown>, name: string, value: unknown): void {
  // Not an assignment: a column of that name must not become the row's prototype.
  if (name === "__proto__")
    Object.defineProperty(row, name, { value, enumerable: true, writable: true, configurable: true });
  else row[name] = value;
}
