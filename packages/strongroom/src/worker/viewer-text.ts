import { StrongroomError } from "./errors.ts";
import type { Run } from "./run.ts";
import { wordsNotOwn } from "./viewer-words.ts";

/**
 * Looks for what a viewer has written in a text that must not hold it: the last line behind the compiler, for text of
 * which it could not see that it stands in the source. It sees through other cases, forms and spacing of letters, doubled
 * and escaped quotes, and cut-off parts. A single word (`price`) may be the text's own: `viewer-words.ts` judges it.
 */

/** How many characters in a row are no chance: fewer where a mark is among them that words do not have. */
const partSizes = [
  { chars: 8, telling: /[^\p{L}\p{N}_ ]/u },
  { chars: 16, telling: / / },
] as const;
/** How much of what a session holds is looked at. */
const maxNodes = 100_000;

/** Refuses a query in whose text something stands that the viewer has written. */
export function refuseAnswersInQuery(text: string, run: Run): void {
  if (run.session.services.isSourceText?.(text) === true) return;
  if (!holdsAnswer(text, run) && !wordsNotOwn(text, run.outermost)) return;
  throw new StrongroomError(
    "ERR_QUERY",
    "A viewer's answer stands in the text of the query, where it could change what the query does. " +
      "Write db.query`… ${answer} …`, or give it a name (`:answer`) and its value in `params`. A name of a column or a " +
      'table is written ${db.identifier(answer, ["price", "date"])}.',
  );
}

/** Refuses a path in which something stands that the viewer has written. */
export function refuseAnswersInPath(path: string, run: Run): void {
  if (!holdsAnswer(path, run)) return;
  throw new StrongroomError(
    "ERR_QUERY",
    "A viewer's answer stands in the text of the path, where it could lead the request elsewhere. " +
      'Write api.get`/users/${answer}`, or name it: api.get("/users/:answer", { params: { answer } }).',
  );
}

function holdsAnswer(text: string, run: Run): boolean {
  const searched = new SearchedText(text);
  // A cached function sees no viewer, but what its caller gave it may be of one.
  for (const answer of writtenBy(run.outermost)) if (searched.holds(answer)) return true;
  return false;
}

/** What the viewer has written, and what an app remembers, which may be of it. */
function* writtenBy(run: Run): Iterable<string | number> {
  // A cached function sees nothing of its caller's viewer; what was passed to it may be theirs.
  const { session, clicks } = run.outermost;
  const left = { nodes: maxNodes };
  for (const answer of session.widgets.values()) yield* scalarsOf(answer, left);
  for (const { name } of session.files.values()) yield* [name, name.replace(/\.[^.]*$/, "")];
  yield* scalarsOf(session.user, left);
  for (const value of clicks) yield* scalarsOf(value, left);
  for (const [name, value] of new URLSearchParams(session.query)) yield* [name, value];
  for (const value of session.state.look()) yield* scalarsOf(value, left);
}

function* scalarsOf(value: unknown, left: { nodes: number }): Iterable<string | number> {
  if (left.nodes-- <= 0) return;
  if (typeof value === "string" || typeof value === "number") yield value;
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return;
  const items =
    value instanceof Map ? [...value].flat() : value instanceof Set ? value : Object.values(value);
  for (const item of items as Iterable<unknown>) yield* scalarsOf(item, left);
}

/** A text, with what is needed to find an answer in it. */
class SearchedText {
  readonly #spaced: string;
  readonly #tight: string;
  readonly #parts = new Map<number, ReadonlySet<string>>();

  constructor(text: string) {
    this.#spaced = folded(text);
    this.#tight = this.#spaced.replaceAll(" ", "");
  }

  holds(answer: string | number): boolean {
    // A number changes what a statement does in one way only: `a -${-1}` becomes a comment.
    if (typeof answer === "number") return answer < 0 && this.#tight.includes(`-${folded(String(answer))}`);
    return formsOf(answer).some((form) => this.#holdsForm(folded(form)));
  }

  #holdsForm(spaced: string): boolean {
    const tight = spaced.replaceAll(" ", "");
    if (isPhrase(spaced) && this.#spaced.includes(spaced)) return true;
    if (isPhrase(tight) && this.#tight.includes(tight)) return true;
    for (const piece of tight.split(/[,;|&=:/?#]/))
      if (piece.length > 2 && isPhrase(piece) && this.#tight.includes(piece)) return true;
    return partSizes.some(({ chars, telling }) => this.#holdsPartOf(spaced, chars, telling));
  }

  /** True when a stretch of the answer stands in the text. */
  #holdsPartOf(spaced: string, chars: number, telling: RegExp): boolean {
    if (spaced.length <= chars) return false;
    const known = this.#parts.get(chars) ?? new Set(partsOf(this.#spaced, chars));
    this.#parts.set(chars, known);
    for (const part of partsOf(spaced, chars)) if (known.has(part) && telling.test(part.trim())) return true;
    return false;
  }
}

function* partsOf(text: string, chars: number): Iterable<string> {
  for (let at = 0; at + chars <= text.length; at++) yield text.slice(at, at + chars);
}

/** What an author may have made of an answer before it was put into the text. */
function formsOf(answer: string): readonly string[] {
  if (!answer.includes("%")) return [answer];
  try {
    return [answer, decodeURIComponent(answer.replaceAll("+", " "))];
  } catch {
    return [answer]; // it is no encoded text
  }
}

/** One form for what reads alike: letters in one case and form, spacing and escapes of quotes taken out. */
function folded(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s\0]+/g, " ")
    .replaceAll(/\\+(?=["'`\\])|(["'`])\1+/g, "$1")
    .trim();
}

/** True for more than one word or number. */
function isPhrase(text: string): boolean {
  return text.length > 1 && !/^(?:[\p{L}\p{N}_]*|\d+\.\d+)$/u.test(text);
}
