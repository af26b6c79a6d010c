/** Why an app does not compile: in our words, with the place and the line, for the page and the terminal alike. */

/** A place in one of the author's files; line and column from 1. */
export interface ProblemPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly lineText: string;
}

export interface Problem {
  readonly text: string;
  readonly place?: ProblemPlace;
  /** What only we refuse; left out for what is no TypeScript, or leads nowhere. */
  readonly kind?: RefusedKind;
}

/** A text put together from values, or a viewer's value in what is kept for all. */
export type RefusedKind = "query" | "capture" | "page";

/** The most problems that are told at once: the later ones often come from the first. */
const most = 5;
const maxLineChars = 160;
const maxChars = 16_000;

/** The whole text: each problem with its place, its line, and a caret under the column. */
export function problemText(problems: readonly Problem[]): string {
  const shown = problems.slice(0, most).map(one);
  if (problems.length > most) shown.push(`… and ${problems.length - most} more.`);
  return shown.join("\n\n").slice(0, maxChars);
}

function one({ text, place }: Problem): string {
  if (place === undefined) return text;
  const { file, line, column, lineText } = place;
  const start = column - 1 > maxLineChars - 20 ? column - 1 - 80 : 0;
  const shown = lineText
    .slice(start, start + maxLineChars)
    .replaceAll("\t", " ")
    .trimEnd();
  const margin = String(line);
  const caret = " ".repeat(Math.max(0, column - 1 - start));
  return `${file}:${line}:${column} ${text}\n\n  ${margin} | ${shown}\n  ${" ".repeat(margin.length)} | ${caret}^`;
}

type Rule = readonly [pattern: RegExp, say: (...groups: string[]) => string];

const rules: readonly Rule[] = [
  [/^No matching export in "(.+)" for import "default"$/, (file) => `${file} has no default export.`],
  [
    /^No matching export in "(.+)" for import "(.+)"$/,
    (file, name) => `${file} has no export named "${name}".`,
  ],
  [/^Unexpected end of file$/, () => "The file ends too early: a bracket or a quote is not closed."],
  [/^Expected (.+) but found end of file$/, (wanted) => `The file ends too early: ${wanted} is missing.`],
  [/^Expected (.+) but found (.+)$/, (wanted, found) => `${named(wanted)} was expected here, not ${found}.`],
  [/^Unexpected (".+")$/, (found) => `${found} was not expected here.`],
  [
    /^The symbol (".+") has already been declared$/,
    (name) => `${name} is declared twice. Give one of the two another name.`,
  ],
  [/^Unterminated string literal$/, () => "This text has no closing quote."],
  [/^Unterminated template literal$/, () => "This text has no closing backtick."],
  [/^Unterminated regular expression$/, () => 'This regular expression has no closing "/".'],
  [
    /^Unterminated multi-line comment|^Expected "\*\/" to terminate/,
    () => "This comment has no end: */ is missing.",
  ],
  [
    /^"await" can only be used inside an "async" function$/,
    () => "await works only inside an async function: write async before this function.",
  ],
  [
    /^Cannot assign to (".+") because it is a constant$/,
    (name) => `${name} is a const and keeps its first value. Declare it with let.`,
  ],
  [/^Cannot assign to import (".+")$/, (name) => `${name} is imported and cannot be set here.`],
  [/^Top-level return cannot be used/, () => "A page cannot return. To end it here, call st.stop()."],
];

function named(what = ""): string {
  return what === "identifier" ? "A name" : what;
}

/** Says what the bundler said, in our words where we know better ones. */
export function inOurWords(message: string): string {
  for (const [pattern, say] of rules) {
    const match = pattern.exec(message);
    if (match !== null) return say(...match.slice(1));
  }
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
