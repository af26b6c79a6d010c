import { BrokerError } from "../errors.ts";
import { onlyReads } from "../statement-kind.ts";

/** Texts of SQLite's that name what stands in the query and in the schema, never a value. */
const telling =
  /^(no such (table|column|function|module)|near |ambiguous column|incomplete input|table .* (already exists|has )|unable to open|file is not a database|database is locked|(UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint|ENOENT|EACCES|column index out of range|wrong number of arguments)/i;

/** A failed statement in words that hold no value. */
export function queryError(error: unknown, mayWrite: boolean): BrokerError {
  if (error instanceof BrokerError) return error;
  const message = error instanceof Error ? error.message : "";
  if (/readonly/i.test(message) && !mayWrite) return onlyReads(error);
  if (/not authorized/i.test(message))
    return new BrokerError(
      "ERR_QUERY_REFUSED",
      "The query asks for something that connections never do (ATTACH, DETACH, or a PRAGMA that sets).",
      { cause: error },
    );
  if (/constraint failed/i.test(message))
    return new BrokerError("ERR_QUERY_CONSTRAINT", `The database refused the change: ${reasonOf(error)}.`, {
      cause: error,
    });
  return new BrokerError("ERR_QUERY_FAILED", `The database refused the query: ${reasonOf(error)}.`, {
    cause: error,
  });
}

export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  if (!telling.test(message)) return "an error that is not shown, since it may hold values";
  return message
    .replace(/^ENOENT.*/, "the file does not exist")
    .replace(/^EACCES.*/, "the server may not read it")
    .slice(0, 300);
}
