/** What the broker says to the process that has a SQLite file open. */
import { queryLimits, queryValueSchema } from "../../wire/query.ts";
import { s } from "../../wire/s.ts";
import type { Infer } from "../../wire/schema.ts";

const path = s.string({ minLength: 1, maxLength: 4_096 });

export const setupSchema = s.object({ path, seed: s.optional(path), write: s.boolean });
export type SqliteSetup = Infer<typeof setupSchema>;

const query = s.object({
  kind: s.literal("query"),
  sql: s.string({ maxLength: queryLimits.requestChars }),
  /** The statement's first word. */
  verb: s.string({ maxLength: queryLimits.textChars }),
  values: s.array(queryValueSchema, { max: queryLimits.values }),
  maxRows: s.number({ min: 1 }),
  maxBytes: s.number({ min: 1 }),
});
export type SqliteQuery = Infer<typeof query>;

/** A statement of ours: it begins or ends a transaction. */
const say = s.object({ kind: s.literal("say"), sql: s.string({ maxLength: 100 }) });

export const messageSchema = s.variant("kind", { query, say });
