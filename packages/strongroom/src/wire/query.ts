/** What a worker asks the broker, by way of the gateway, and what the broker answers. */
import { s } from "./s.ts";
import type { Infer, Schema } from "./schema.ts";

/** Caps of questions and answers; an operator's own limits lie below them. */
export const queryLimits = {
  requestChars: 64_000_000,
  answerChars: 60_000_000,
  textChars: 200_000,
  params: 1_000,
  valueChars: 30_000_000,
  columns: 2_000,
  rows: 5_000_000,
} as const;

/** A value as it travels: what JSON lacks is named by its field. */
export type QueryParam =
  | null
  | number
  | string
  | boolean
  | { readonly big: string }
  | { readonly bytes: string };

const param: Schema<QueryParam> = s.union(
  s.literal(null),
  s.boolean,
  s.number(),
  s.string({ maxLength: queryLimits.valueChars }),
  s.object({ big: s.string({ maxLength: 10_000, minLength: 1, pattern: /^-?[0-9]+$/ }) }),
  s.object({ bytes: s.string({ maxLength: queryLimits.valueChars, pattern: /^[A-Za-z0-9+/]*={0,2}$/ }) }),
);

export const connectionName: Schema<string> = s.string({
  maxLength: 64,
  pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
});

/**
 * One statement, and the values that it is run with. `texts` is the statement cut wherever a value stands, so it has
 * one member more than `params`: no placeholder is ever looked for in an author's text.
 */
export const queryRequestSchema = s.object({
  connection: connectionName,
  texts: s.array(s.string({ maxLength: queryLimits.textChars }), { min: 1, max: queryLimits.params + 1 }),
  params: s.array(param, { max: queryLimits.params }),
  /** More rows than these are an error: nothing is cut off in silence. */
  maxRows: s.number({ min: 1, max: queryLimits.rows, integer: true }),
});
export type QueryRequest = Infer<typeof queryRequestSchema>;

const result = s.object({
  ok: s.literal(true),
  columns: s.array(s.string({ maxLength: 10_000 }), { max: queryLimits.columns }),
  rows: s.array(s.array(param, { max: queryLimits.columns }), { max: queryLimits.rows }),
});
export type QueryResult = Pick<Infer<typeof result>, "columns" | "rows">;

const failure = s.object({
  ok: s.literal(false),
  code: s.string({ maxLength: 60, pattern: /^ERR_[A-Z_]+$/ }),
  message: s.string({ maxLength: 5_000 }),
});
export type QueryFailure = Infer<typeof failure>;

export const queryAnswerSchema: Schema<Infer<typeof result> | QueryFailure> = s.union(result, failure);
export type QueryAnswer = Infer<typeof queryAnswerSchema>;

/** What the broker is told before the first question. */
export const brokerSetupSchema = s.object({
  appFolder: s.string({ minLength: 1, maxLength: 4_096 }),
  /** The `[connections]` section as the operator wrote it. */
  connections: s.json({ maxDepth: 10, maxNodes: 10_000 }),
});
export type BrokerSetup = Infer<typeof brokerSetupSchema>;
