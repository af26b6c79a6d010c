import type { Dialect, Quote } from "./dialect.ts";
import { BrokerError } from "./errors.ts";

/** One statement, cut where its values stand. */
export interface Statement {
  readonly texts: readonly string[];
  /** Its words outside of quotes and comments, in small letters; the first says what it does. */
  readonly words: readonly string[];
}

/**
 * Reads one statement from its text, cut where values stand. Refuses a second statement, a value inside quotes or
 * comments, and placeholders that the text brings itself.
 */
export function readStatement(texts: readonly string[], dialect: Dialect): Statement {
  const scanner = new Scanner(dialect);
  for (const [index, text] of texts.entries()) {
    scanner.read(text);
    if (index === texts.length - 1) break;
    if (scanner.place.kind !== "code")
      throw refused(
        `Value ${index + 1} of the query stands inside quotes or a comment; write \${value} without quotes round it`,
      );
    scanner.value();
  }
  const { kind } = scanner.place;
  if (kind !== "code" && kind !== "line") throw refused("The query ends inside quotes or a comment");
  if (scanner.words.length === 0) throw refused("A query has at least one word");
  return { texts, words: scanner.words };
}

/** The statement's text with a placeholder for each value. They stand apart from what is round them. */
export function withPlaceholders({ texts }: Statement, placeholder: (index: number) => string): string {
  return texts.map((text, index) => (index === 0 ? text : ` ${placeholder(index - 1)} ${text}`)).join("");
}

/** Where in a statement the reading stands. */
type Place =
  | { readonly kind: "code" }
  | { readonly kind: "quoted"; readonly end: string; readonly hasBackslash: boolean }
  | { readonly kind: "line" }
  | { readonly kind: "block"; readonly depth: number };

const code: Place = { kind: "code" };
const closing: Readonly<Record<Quote, string>> = { "'": "'", '"': '"', "`": "`", "[": "]" };

class Scanner {
  readonly words: string[] = [];
  place: Place = code;
  readonly #dialect: Dialect;
  readonly #token: RegExp;
  #isEnded = false;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
    this.#token = tokensOf(dialect);
  }

  read(text: string): void {
    if (text.includes("\0")) throw refused("A query has no NUL characters");
    for (let at = 0; at < text.length;)
      at = this.place.kind === "code" ? this.#readCode(text, at) : this.#readPlace(text, at);
  }

  /** A value stands here. */
  value(): void {
    if (this.#isEnded) throw twoStatements();
  }

  #readCode(text: string, at: number): number {
    this.#token.lastIndex = at;
    const groups = this.#token.exec(text)?.groups ?? {};
    const { space, line, block, escaped, quote, dollar, own, end, word, other = "" } = groups;
    if (this.#isEnded && (space ?? line ?? block ?? end) === undefined) throw twoStatements();
    if (own !== undefined)
      throw refused(
        "The query's text holds a placeholder of its own; write ${value} there, or `:name` with `params`",
      );
    if (line !== undefined) this.place = { kind: "line" };
    else if (block !== undefined) this.#openComment(text, at);
    else if (end !== undefined) this.#isEnded = true;
    else if (word !== undefined) this.words.push(word.toLowerCase());
    else if (dollar !== undefined) this.place = { kind: "quoted", end: dollar, hasBackslash: false };
    else if (escaped !== undefined) this.place = { kind: "quoted", end: "'", hasBackslash: true };
    else if (quote !== undefined) this.#openQuote(quote);
    return at + (space ?? line ?? block ?? escaped ?? quote ?? dollar ?? end ?? word ?? other).length;
  }

  #openQuote(quote: string): void {
    const hasBackslash = this.#dialect.backslash === "always" && (quote === "'" || quote === '"');
    // The pattern finds the dialect's own quotes only.
    this.place = { kind: "quoted", end: closing[quote as Quote], hasBackslash };
  }

  #openComment(text: string, at: number): void {
    if (this.#dialect.runsComments && /^\/\*M?!/.test(text.slice(at, at + 4)))
      throw refused(
        "The query holds a comment that the database would run; write it as code, or leave it out",
      );
    this.place = { kind: "block", depth: 1 };
  }

  /** Reads on to the end of what is quoted or commented; answers where the next character stands. */
  #readPlace(text: string, at: number): number {
    const { place } = this;
    switch (place.kind) {
      case "quoted":
        return this.#readQuoted(text, at, place);
      case "line":
        return this.#leave(after(this.#dialect.lineEnd, text, at), text);
      case "block":
        return this.#readComment(text, at, place.depth);
      case "code":
        return at;
    }
  }

  #readQuoted(text: string, at: number, { end, hasBackslash }: Extract<Place, { kind: "quoted" }>): number {
    let from = at;
    while (hasBackslash) {
      const escape = text.indexOf("\\", from);
      const close = text.indexOf(end, from);
      if (escape === -1 || (close !== -1 && close < escape)) break;
      from = escape + 2;
    }
    const close = text.indexOf(end, from);
    return this.#leave(close === -1 ? undefined : close + end.length, text);
  }

  #readComment(text: string, at: number, depth: number): number {
    const mark = /\/\*|\*\//g;
    mark.lastIndex = at;
    const found = mark.exec(text)?.[0];
    if (found === undefined) return text.length;
    const next = found === "*/" ? depth - 1 : depth + (this.#dialect.nestedComments ? 1 : 0);
    this.place = next === 0 ? code : { kind: "block", depth: next };
    return mark.lastIndex;
  }

  /** Goes back to code where the end was found. */
  #leave(end: number | undefined, text: string): number {
    if (end === undefined) return text.length;
    this.place = code;
    return end;
  }
}

function after(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) === null ? undefined : pattern.lastIndex;
}

/** What may stand next in code, the longest first. */
function tokensOf({ lineComment, backslash, quotes, dollarQuotes, placeholder, wordRest }: Dialect): RegExp {
  const parts = [
    String.raw`(?<space>\s+)`,
    `(?<line>${lineComment})`,
    String.raw`(?<block>\/\*)`,
    ...(backslash === "after E" ? ["(?<escaped>[eE]')"] : []),
    `(?<quote>[${quotes.map((quote) => `\\${quote}`).join("")}])`,
    ...(dollarQuotes ? [String.raw`(?<dollar>\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)`] : []),
    `(?<own>${placeholder})`,
    "(?<end>;)",
    String.raw`(?<word>[A-Za-z_\u0080-\uffff]${wordRest})`,
    "(?<other>[^])",
  ];
  return new RegExp(parts.join("|"), "y");
}

function refused(text: string): BrokerError {
  return new BrokerError("ERR_QUERY_TEXT", `${text}.`);
}

function twoStatements(): BrokerError {
  return refused("A query is one statement; ask the second one by a query of its own");
}
