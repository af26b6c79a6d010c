import type { QueryRequest } from "../wire/query.ts";
import type { Dialect } from "./dialect.ts";
import { BrokerError } from "./errors.ts";

/** A statement's texts, cut where its values stand, with each name quoted in its place. */
export function textsWithNames(
  { texts, values, names = [] }: Pick<QueryRequest, "texts" | "values" | "names">,
  { nameQuote }: Dialect,
): readonly string[] {
  if (texts.length !== values.length + names.length + 1)
    throw refused("A query has one piece of text more than it has values and names");
  const byGap = new Map(names);
  const [first = "", ...others] = texts;
  if (byGap.size < names.length || names.some(([gap]) => gap >= others.length))
    throw refused("Each name of a query stands between two of its texts");
  const whole = [first];
  for (const [gap, text] of others.entries()) {
    const name = byGap.get(gap);
    if (name === undefined) whole.push(text);
    else whole.push(`${whole.pop() ?? ""}${quoted(name, nameQuote)}${text}`);
  }
  return whole;
}

function quoted(name: string, quote: string): string {
  return `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
}

function refused(text: string): BrokerError {
  return new BrokerError("ERR_QUERY_TEXT", `${text}.`);
}
