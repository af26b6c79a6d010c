import { BrokerError } from "./errors.ts";
import type { Statement } from "./statement.ts";

/** Statements that only look begin so. That they change nothing is held by the database's session, too. */
const reading = new Set(
  "select with values table show explain describe desc from pivot unpivot summarize pragma".split(" "),
);
const transactions = new Set("begin start commit end rollback abort savepoint release xa".split(" "));
/** What would stay with a connection that others use next, or reaches beyond the database. */
const lasting = new Set(
  (
    "set reset use attach detach load install prepare execute deallocate discard lock unlock listen unlisten " +
    "declare fetch move close handler reassign shutdown kill"
  ).split(" "),
);
/** What these do stays with a connection although they stand within a query. */
const marking = /^(?:set_config|get_lock|pg_(?:try_)?advisory_lock(?:_shared)?|temp|temporary)$/;
/** A variable of the session, as MySQL has them. */
const variable = /(?:^|[^\w.'"`@])@(?!@)[\w.$'"`]/;
/** They write a file on the database's server. */
const files = new Set(["outfile", "dumpfile"]);

/** Refuses what a connection does not do, before the database is asked. */
export function checkKind({ words }: Statement, { write }: { readonly write: boolean }): void {
  const [first = ""] = words;
  if (transactions.has(first))
    throw refused("A query neither begins nor ends a transaction; write db.transaction(async (tx) => { … })");
  if (lasting.has(first))
    throw refused(
      `A query beginning with ${first.toUpperCase()} is not sent: its effect would stay with a connection that others use next`,
    );
  if (!write && (!reading.has(first) || words.some((word) => files.has(word)))) throw onlyReads();
}

/** True where something of a statement may stay with its connection: whoever asks next must not have it. */
export function leavesTraces({ words, texts }: Statement): boolean {
  return words.some((word) => marking.test(word)) || texts.some((text) => variable.test(text));
}

export function onlyReads(cause?: unknown): BrokerError {
  return new BrokerError(
    "ERR_QUERY_REFUSED",
    "The connection only reads. Write `write = true` in its [connections] section if queries may change data.",
    { cause },
  );
}

function refused(text: string): BrokerError {
  return new BrokerError("ERR_QUERY_REFUSED", `${text}.`);
}
