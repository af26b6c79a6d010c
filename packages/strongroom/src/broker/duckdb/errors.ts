import { BrokerError } from "../errors.ts";
import { onlyReads } from "../statement-kind.ts";

/** Kinds of errors whose text names what stands in the query and in the schema, never a value. */
const telling = /^(Catalog|Binder|Parser|Syntax|TransactionContext) Error: /;

/** A failed statement in words that hold no value. */
export function queryError(error: unknown): BrokerError {
  if (error instanceof BrokerError) return error;
  const text = error instanceof Error ? error.message : "";
  if (text.startsWith("INTERRUPT Error"))
    return new BrokerError("ERR_QUERY_TIMEOUT", "The query took too long and was ended.");
  if (/read-only mode/.test(text)) return onlyReads(error);
  if (text.startsWith("Permission Error"))
    return new BrokerError(
      "ERR_QUERY_REFUSED",
      "The query asks for a file outside of the folders that the connection may read (`files` in its [connections] section).",
      { cause: error },
    );
  if (/configuration has been locked/.test(text))
    return new BrokerError("ERR_QUERY_REFUSED", "A query cannot change how the database is set up.", {
      cause: error,
    });
  if (text.startsWith("Constraint Error"))
    return new BrokerError("ERR_QUERY_CONSTRAINT", `The database refused the change: ${ruleOf(text)}.`, {
      cause: error,
    });
  return new BrokerError("ERR_QUERY_FAILED", `The database refused the query: ${wordsOf(text)}.`, {
    cause: error,
  });
}

export function wordsOf(text: string): string {
  const [line = ""] = text.split("\n");
  if (telling.test(line)) return line.replace(/[.!]$/, "").slice(0, 500);
  const kind = /^([A-Za-z ]{1,40} Error): /.exec(line)?.[1];
  return `an error whose text may hold values${kind === undefined ? "" : ` (${kind})`}`;
}

/** Which rule was broken, without the value that broke it. */
function ruleOf(text: string): string {
  return (
    /^Constraint Error: ((?:NOT NULL|CHECK) constraint failed[^\n"]{0,300})/
      .exec(text)?.[1]
      ?.split(" with ")[0] ??
    /violates ([a-z ]{1,40} constraint)/.exec(text)?.[1] ??
    "a rule of the table"
  );
}
