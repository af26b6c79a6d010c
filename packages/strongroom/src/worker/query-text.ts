import type { Json } from "../wire/schema.ts";
import { StrongroomError } from "./errors.ts";
import type { Run } from "./run.ts";

/**
 * What may stand in a statement besides its words: quoted text and names, comments, casts (`::`), and at last a name
 * with its colon.
 */
const piece = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[^]*?\*\/|::|:([A-Za-z_]\w*)/g;

/** Cuts a statement at its `:names`; what is quoted or commented stays as it is. */
export function cutAtNames(text: string): { texts: string[]; names: string[] } {
  const texts: string[] = [];
  const names: string[] = [];
  let from = 0;
  for (const match of text.matchAll(piece)) {
    const [whole, name] = match;
    if (name === undefined) continue;
    texts.push(text.slice(from, match.index));
    names.push(name);
    from = match.index + whole.length;
  }
  texts.push(text.slice(from));
  return { texts, names };
}

/** Letters and digits alone cannot change what a statement does. */
const harmless = /^[\p{L}\p{N}_.-]*$/u;

/** Refuses a statement in which something stands that the viewer has written. */
export function refuseAnswersIn(text: string, run: Run): void {
  const { widgets, query } = run.session;
  for (const answer of widgets.values()) refuseAnswer(text, answer);
  for (const value of new URLSearchParams(query).values()) refuseAnswer(text, value);
}

function refuseAnswer(text: string, answer: Json): void {
  if (typeof answer === "object" && answer !== null) {
    for (const item of Object.values(answer)) refuseAnswer(text, item);
    return;
  }
  if (
    typeof answer !== "string" ||
    answer.trim().length < 2 ||
    harmless.test(answer) ||
    !text.includes(answer)
  )
    return;
  throw new StrongroomError(
    "ERR_QUERY",
    "A viewer's answer stands in the text of the query, where it could change what the query does. " +
      "Write db.query`… ${answer} …`, or give it a name (`:answer`) and its value in `params`.",
  );
}
