/** Answers as they stand in a URL: one parameter for each value, words that people can read and write. */
import type { Json, Schema } from "../wire/schema.ts";

/** How a value of an answer is written, where it is not written as it is: a day that is a number on the wire. */
export interface UrlText {
  readonly write: (value: Json) => string;
  readonly read: (text: string) => Json | undefined;
}

/** The parameters that stand for an answer. Nothing that is chosen, no text: one that is empty. */
export function paramsOfAnswer(answer: Json, { write }: UrlText = plain): readonly string[] {
  if (!Array.isArray(answer)) return [answer === null ? "" : write(answer)];
  return answer.length === 0 ? [""] : answer.map((one: Json) => (one === null ? "" : write(one)));
}

/** The answer that parameters stand for, or nothing where they do not fit the declaration. */
export function answerOfParams<V>(
  schema: Schema<V>,
  texts: readonly string[],
  how: {
    readonly urlText?: UrlText | undefined;
    readonly mend?: ((earlier: Json) => V | undefined) | undefined;
  },
): V | undefined {
  const fits = (value: Json | undefined): boolean =>
    value !== undefined && schema.check(value, "") === undefined;
  for (const reading of readingsOf(texts, how.urlText)) {
    // What the schema has checked is a V.
    if (fits(reading)) return reading as V;
  }
  // Of several options, those that are still there.
  const mended = how.mend?.([...new Set(texts)]);
  return mended !== undefined && fits(mended as Json) ? mended : undefined;
}

const plain: UrlText = { write: String, read: (text) => text };
const numberPattern = /^-?\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?$/i;

/** What parameters may mean; a declaration admits one of these at most. */
function readingsOf(texts: readonly string[], urlText: UrlText = plain): readonly (Json | undefined)[] {
  // Of a value that stands alone, the last word counts.
  const last = texts.at(-1) ?? "";
  const list = last === "" && texts.length === 1 ? [] : texts;
  return [
    ...(last === "" ? [null] : []),
    urlText.read(last),
    numberOf(last),
    last === "true" ? true : last === "false" ? false : undefined,
    listOf(list, urlText.read),
    listOf(list, (text) => (text === "" ? null : urlText.read(text))),
    listOf(list, numberOf),
  ];
}

function numberOf(text: string): number | undefined {
  return numberPattern.test(text) ? Number(text) : undefined;
}

function listOf(texts: readonly string[], read: (text: string) => Json | undefined): Json | undefined {
  const values = texts.map(read);
  return values.every((value) => value !== undefined) ? values : undefined;
}
