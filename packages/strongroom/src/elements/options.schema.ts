/**
 * An answer names its option by the text that the viewer saw. A number would be shorter, but after options were added
 * or sorted anew (a save, a restore, other data) it would quietly mean another one; a text that is gone is noticed.
 * What an answer can reach is always one of the author's own values: the text only finds it.
 */
import { limits } from "../wire/limits.ts";
import { s } from "../wire/s.ts";
import type { Schema } from "../wire/schema.ts";
import { rule } from "../wire/schema-scalars.ts";

/** Between a text and its number, where several options have one text. Never part of a text. */
export const nthMark = "\u001f";

const optionText = s.string({ maxLength: limits.optionChars });

/** The texts of the options, in order. */
export const optionTexts: Schema<readonly string[]> = s.array(optionText, { max: 100_000 });

/** What an answer calls the option at `index`: its text, and from the second of a text on its number. */
export function optionKey(texts: readonly string[], index: number): string {
  const text = texts[index] ?? "";
  let nth = 1;
  for (let at = texts.indexOf(text); at >= 0 && at < index; at = texts.indexOf(text, at + 1)) nth++;
  return nth === 1 ? text : `${text}${nthMark}${nth}`;
}

/** Where the option stands that an answer names, or -1. */
export function optionIndex(texts: readonly string[], key: string): number {
  const [text = "", mark] = key.split(nthMark, 2);
  let index = texts.indexOf(text);
  for (let nth = Number(mark ?? 1); nth > 1 && index >= 0; nth--) index = texts.indexOf(text, index + 1);
  // Only the one right way to write it: "a", never "a" with the number 1.
  return index >= 0 && optionKey(texts, index) === key ? index : -1;
}

/** Text that a viewer may add to the options: one line. */
export const newOption: Schema<string> = rule(
  "one line of text",
  (text) =>
    optionText.check(text, "") === undefined &&
    text !== "" &&
    !/[\r\n]/.test(String(text)) &&
    !String(text).includes(nthMark),
);

/** Decodes the name of one option. */
export function oneOption(texts: readonly string[]): Schema<string> {
  return rule("one of the options", (key) => typeof key === "string" && optionIndex(texts, key) >= 0);
}

/** Decodes a list of different options; `open` admits new ones. */
export function someOptions(
  texts: readonly string[],
  how: { readonly max: number; readonly open: boolean },
): Schema<readonly string[]> {
  const { max, open } = how;
  const expected = `at most ${max} different options`;
  return {
    expected,
    check(value, at) {
      if (!Array.isArray(value) || value.length > max) return { at, expected };
      if (new Set(value).size !== value.length) return { at, expected };
      // A long answer over many options would be slow to look up one by one.
      const known = value.length > 16 ? new Set(optionKeys(texts)) : undefined;
      const isKnown = (key: string): boolean =>
        known === undefined ? optionIndex(texts, key) >= 0 : known.has(key);
      const fits = value.every(
        (key) =>
          typeof key === "string" && (isKnown(key) || (open && newOption.check(key, at) === undefined)),
      );
      return fits ? undefined : { at, expected };
    },
  };
}

/** The names of all options, in order. */
export function optionKeys(texts: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const nth = (seen.get(text) ?? 0) + 1;
    seen.set(text, nth);
    return nth === 1 ? text : `${text}${nthMark}${nth}`;
  });
}
