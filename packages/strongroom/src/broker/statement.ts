import { BrokerError } from "./errors.ts";

/** Where in a statement the reading stands. */
type Place = "code" | "single" | "double" | "backtick" | "bracket" | "line" | "block";

const opening: Readonly<Record<string, Place>> = {
  "'": "single",
  '"': "double",
  "`": "backtick",
  "[": "bracket",
  "--": "line",
  "/*": "block",
};
const closing: Readonly<Record<Exclude<Place, "code">, string>> = {
  single: "'",
  double: '"',
  backtick: "`",
  bracket: "]",
  line: "\n",
  block: "*/",
};
/** Everything that can change the place, ends a statement, or is a placeholder of SQLite's own. */
const marks = /'|"|`|\[|\]|--|\/\*|\*\/|\n|;|\?|[:@$][A-Za-z_]\w*/g;

/**
 * One statement of SQLite with a `?` for each value, from its text cut where values stand. Refuses a second statement,
 * a value inside quotes or comments, and placeholders that the text brings itself.
 */
export function oneStatement(texts: readonly string[]): string {
  let place: Place = "code";
  let isEnded = false;
  for (const [index, text] of texts.entries()) {
    ({ place, isEnded } = readText(text, place, isEnded));
    const isLast = index === texts.length - 1;
    if (!isLast && place !== "code") {
      throw new BrokerError(
        "ERR_QUERY_TEXT",
        `Value ${index + 1} of the query stands inside quotes or a comment; write \${value} without quotes round it.`,
      );
    }
    if (!isLast && isEnded) throw twoStatements();
  }
  if (place !== "code" && place !== "line")
    throw new BrokerError("ERR_QUERY_TEXT", "The query ends inside quotes or a comment.");
  return texts.join("?");
}

function readText(text: string, from: Place, wasEnded: boolean): { place: Place; isEnded: boolean } {
  let place = from;
  let isEnded = wasEnded;
  let at = 0;
  for (const { 0: mark, index } of text.matchAll(marks)) {
    if (index < at) continue;
    if (place !== "code") {
      if (mark === closing[place]) place = "code";
      continue;
    }
    if (isEnded && /\S/.test(text.slice(at, index))) throw twoStatements();
    at = index + mark.length;
    const opened = opening[mark];
    if (opened !== undefined) {
      if (isEnded && opened !== "line" && opened !== "block") throw twoStatements();
      place = opened;
    } else if (mark === ";") isEnded = true;
    else if (mark !== "\n" && mark !== "]" && mark !== "*/") throw ownPlaceholder();
  }
  if (place === "code" && isEnded && /\S/.test(text.slice(at))) throw twoStatements();
  return { place, isEnded };
}

function twoStatements(): BrokerError {
  return new BrokerError(
    "ERR_QUERY_TEXT",
    "A query is one statement; ask the second one by a query of its own.",
  );
}

function ownPlaceholder(): BrokerError {
  return new BrokerError(
    "ERR_QUERY_TEXT",
    "The query's text holds a placeholder of its own; write ${value} there, or `:name` with `params`.",
  );
}
