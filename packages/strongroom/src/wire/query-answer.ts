/** What the broker answers: parts, of which the last says so. */
import { s } from "./s.ts";
import type { Infer, Schema } from "./schema.ts";
import { queryLimits, queryValueSchema } from "./query.ts";

/** What a column may hold; `text` where its database says nothing that we know. */
const columnTypes = [
  "boolean",
  "integer",
  "number",
  "text",
  "bytes",
  "instant",
  "date",
  "time",
  "json",
] as const;
const column = s.object({ name: s.string({ maxLength: 10_000 }), type: s.literal(...columnTypes) });
export type ColumnHead = Infer<typeof column>;

/** Why a question is not answered. Codes are never renamed or reused. */
export const queryErrorCodes = [
  "ERR_BROKER_ENDED",
  "ERR_CALL_FAILED",
  "ERR_CONNECTION_FAILED",
  "ERR_CONNECTION_SETTINGS",
  "ERR_CONNECTION_UNKNOWN",
  "ERR_DRIVER_MISSING",
  "ERR_NO_IDENTITY",
  "ERR_QUERY_CONSTRAINT",
  "ERR_QUERY_FAILED",
  "ERR_QUERY_REFUSED",
  "ERR_QUERY_TEXT",
  "ERR_QUERY_TIMEOUT",
  "ERR_QUERY_TOO_LARGE",
  "ERR_TOO_MANY_QUERIES",
  "ERR_TRANSACTION",
] as const;
export type QueryErrorCode = (typeof queryErrorCodes)[number];

const ok = s.literal(true);

/** The first part of a query's answer. */
const head = s.object({ ok, columns: s.array(column, { max: queryLimits.columns }) });

/** Rows, as one list of values for each column. */
const chunk = s.object({
  ok,
  chunk: s.array(s.array(queryValueSchema, { max: queryLimits.partRows }), { max: queryLimits.columns }),
});

const pairs = s.array(
  s.tuple(s.string({ maxLength: queryLimits.headerChars }), s.string({ maxLength: queryLimits.headerChars })),
  { max: queryLimits.headers },
);

/** The last part. */
const end = s.object({
  ok,
  end: s.literal(true),
  /** Rows that were changed. */
  changed: s.optional(s.number({ min: 0, max: Number.MAX_SAFE_INTEGER, integer: true })),
  status: s.optional(s.number({ min: 100, max: 999, integer: true })),
  headers: s.optional(pairs),
  body: s.optional(s.string({ maxLength: queryLimits.partChars, pattern: /^[A-Za-z0-9+/]*={0,2}$/ })),
  result: s.optional(s.json({ maxDepth: 20, maxNodes: 1_000_000 })),
});
export type BrokerEnd = Infer<typeof end>;

/** The last part where something went wrong. */
const failure = s.object({
  ok: s.literal(false),
  code: s.literal(...queryErrorCodes),
  message: s.string({ maxLength: 5_000 }),
});
export type BrokerFailure = Infer<typeof failure>;

export const brokerAnswerSchema: Schema<
  Infer<typeof head> | Infer<typeof chunk> | Infer<typeof end> | Infer<typeof failure>
> = s.union(head, chunk, end, failure);
export type BrokerAnswer = Infer<typeof brokerAnswerSchema>;

/** A whole answer in the worker, its values as the language knows them. */
export interface BrokerResult {
  readonly columns: readonly ColumnHead[];
  /** One list for each column: null, boolean, number, text, bigint, Date, Uint8Array or parsed JSON. */
  readonly values: readonly (readonly unknown[])[];
  /** Rows that were changed, where the statement changes some. */
  readonly changed: number | undefined;
  readonly http?: {
    readonly status: number;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: Uint8Array;
  };
  /** What a call of a custom connection answered. */
  readonly result?: unknown;
}
