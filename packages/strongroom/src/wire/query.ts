/** What a worker asks the broker, by way of the gateway. */
import { s } from "./s.ts";
import type { Infer, Schema } from "./schema.ts";
import { isPlainObject } from "./schema-structures.ts";

/** Caps of questions and answers; an operator's own limits lie below them. */
export const queryLimits = {
  requestChars: 60_000_000,
  /** One part of an answer; the broker fills parts to a fraction of it, and only one large value needs more. */
  partChars: 60_000_000,
  partRows: 5_000,
  textChars: 200_000,
  values: 1_000,
  names: 100,
  nameChars: 200,
  valueChars: 40_000_000,
  columns: 2_000,
  rows: 5_000_000,
  headers: 200,
  headerChars: 16_384,
  pathChars: 8_192,
  transaction: 0xffff_ffff,
} as const;

/** A value as it travels: what JSON lacks is named by its field. */
export type QueryValue =
  | null
  | boolean
  | number
  | string
  /** A whole number that a double does not hold. */
  | { readonly big: string }
  /** Bytes in base64. */
  | { readonly bytes: string }
  /** An instant, as ISO 8601 in UTC. */
  | { readonly date: string }
  /** JSON text: a document, or a list of a database that has them. */
  | { readonly json: string };

const fields: Readonly<Record<string, RegExp | undefined>> = {
  big: /^-?[0-9]{1,10000}$/,
  bytes: /^[A-Za-z0-9+/]*={0,2}$/,
  date: /^(?:[+-]\d{2})?\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  json: undefined,
};
const valueExpected = "null, true or false, a number, text, or an object of one of big, bytes, date, json";

/** Written by hand: a large answer has millions of them. */
export const queryValueSchema: Schema<QueryValue> = {
  expected: valueExpected,
  check: (value, at) => (isQueryValue(value) ? undefined : { at, expected: valueExpected }),
};

function isQueryValue(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return value.length <= queryLimits.valueChars;
    case "number":
      return Number.isFinite(value);
    case "boolean":
      return true;
    case "object":
      return value === null || isNamedValue(value);
    default:
      return false;
  }
}

function isNamedValue(value: object): boolean {
  if (!isPlainObject(value)) return false;
  const names = Object.keys(value);
  const [name = ""] = names;
  if (names.length !== 1 || !Object.hasOwn(fields, name)) return false;
  const text = value[name];
  if (typeof text !== "string" || text.length > queryLimits.valueChars) return false;
  return fields[name]?.test(text) ?? true;
}

export const connectionName: Schema<string> = s.string({
  maxLength: 64,
  pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
});

/** A number that the worker chose; it is unique in its session. */
const transaction = s.number({ min: 0, max: queryLimits.transaction, integer: true });

/** The name of a column or a table, and the gap between two texts, from 0, that it stands in. */
const name = s.tuple(
  s.number({ min: 0, max: queryLimits.values + queryLimits.names, integer: true }),
  s.string({ minLength: 1, maxLength: queryLimits.nameChars, pattern: /^[^\0]*$/ }),
);

/**
 * One statement, and the values that it is run with. `texts` is the statement cut wherever a value or a name stands, so
 * it has one member more than these together: no placeholder is ever looked for in an author's text.
 */
export const queryRequestSchema = s.object({
  kind: s.literal("query"),
  connection: connectionName,
  texts: s.array(s.string({ maxLength: queryLimits.textChars }), {
    min: 1,
    max: queryLimits.values + queryLimits.names + 1,
  }),
  values: s.array(queryValueSchema, { max: queryLimits.values }),
  /** In the order of their gaps; the values stand in the others. The broker quotes them as the database wants it. */
  names: s.optional(s.array(name, { max: queryLimits.names })),
  /** More rows than these are an error: nothing is cut off in silence. */
  maxRows: s.number({ min: 1, max: queryLimits.rows, integer: true }),
  transaction: s.optional(transaction),
});
export type QueryRequest = Infer<typeof queryRequestSchema>;

const begin = s.object({ kind: s.literal("begin"), connection: connectionName, transaction });
const commit = s.object({ kind: s.literal("commit"), connection: connectionName, transaction });
const rollback = s.object({ kind: s.literal("rollback"), connection: connectionName, transaction });

const pairs = s.array(
  s.tuple(s.string({ maxLength: queryLimits.headerChars }), s.string({ maxLength: queryLimits.headerChars })),
  { max: queryLimits.headers },
);
const bytes = s.string({ maxLength: queryLimits.valueChars, pattern: /^[A-Za-z0-9+/]*={0,2}$/ });

const httpFields = {
  kind: s.literal("http"),
  connection: connectionName,
  method: s.literal("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"),
  /** Below the connection's own URL. */
  path: s.string({ maxLength: queryLimits.pathChars, pattern: /^\// }),
  query: pairs,
  headers: pairs,
  body: s.optional(
    s.union(s.object({ text: s.string({ maxLength: queryLimits.valueChars }) }), s.object({ bytes })),
  ),
  asViewer: s.optional(s.literal(true)),
};
const http = s.object(httpFields);

const call = s.object({
  kind: s.literal("call"),
  connection: connectionName,
  name: s.string({ minLength: 1, maxLength: 100 }),
  args: s.json({ maxDepth: 20, maxNodes: 100_000 }),
});

export const brokerRequestSchema = s.variant("kind", {
  query: queryRequestSchema,
  begin,
  commit,
  rollback,
  http,
  call,
});
export type BrokerRequest = Infer<typeof brokerRequestSchema>;

/** What a bearer token may be made of (RFC 6750, 2.1), and how long the headers of a request let it be. */
export const bearerPattern = /^[A-Za-z0-9._~+/-]+=*$/;
export const maxBearerChars = 8_192;

/** What the gateway hands to the broker: the same, with the token of the viewer who asks. No worker has a word for that. */
export const brokerQuestionSchema = s.variant("kind", {
  query: queryRequestSchema,
  begin,
  commit,
  rollback,
  http: s.object({
    ...httpFields,
    bearer: s.optional(s.string({ minLength: 1, maxLength: maxBearerChars, pattern: bearerPattern })),
  }),
  call,
});
export type BrokerQuestion = Infer<typeof brokerQuestionSchema>;

/** What the broker is told before the first question. */
export const brokerSetupSchema = s.object({
  appFolder: s.string({ minLength: 1, maxLength: 4_096 }),
  /** The `[connections]` section of the configuration as the operator wrote it. */
  connections: s.json({ maxDepth: 10, maxNodes: 10_000 }),
  /** Where the broker itself reads what stands in secrets; without it there are none. */
  secrets: s.optional(
    s.object({
      home: s.string({ maxLength: 4_096 }),
      files: s.array(s.string({ maxLength: 4_096 }), { max: 1_000 }),
      ageKey: s.optional(s.string({ maxLength: 100_000 })),
    }),
  ),
  /** What stands before a command so that its process ends with ours, where the system can. */
  tie: s.array(s.string({ maxLength: 4_096 }), { max: 10 }),
});
export type BrokerSetup = Infer<typeof brokerSetupSchema>;
