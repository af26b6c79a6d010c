import { limits } from "../wire/limits.ts";
import { badOption } from "../worker/errors.ts";
import { nthMark, optionIndex, optionKey } from "./options.schema.ts";

/** The author's options, and how they are named on the wire. */
export interface Options<T> {
  readonly values: readonly T[];
  readonly texts: readonly string[];
  /** The option that an answer names. */
  readonly named: (key: string) => T | undefined;
  /** What an answer calls a value; nothing when it is no option. */
  readonly nameOf: (value: unknown) => string | undefined;
}

/** Gives each option the text that viewers see. */
export function optionsOf<T>(element: string, given: Iterable<T>, format: (option: T) => string = plainText): Options<T> {
  if (typeof given === "string") throw badOption(element, "options", "a list of options, not one text");
  const values = [...given];
  if (values.length > 100_000) throw badOption(element, "options", "a list of at most 100,000");
  const texts = values.map((value) => textOf(element, value, format));
  return {
    values,
    texts,
    named: (key) => values[optionIndex(texts, key)],
    nameOf(value) {
      let index = values.indexOf(value as T);
      // What `st.sessionState` gives back may be a copy: it is found by its text.
      if (index < 0 && typeof value === "object" && value !== null) index = texts.indexOf(textOf(element, value as T, format));
      return index < 0 ? undefined : optionKey(texts, index);
    },
  };
}

function plainText(option: unknown): string {
  return String(option);
}

function textOf<T>(element: string, option: T, format: (option: T) => string): string {
  const text = String(format(option));
  if (text === "[object Object]") throw badOption(element, "formatFunc", "given where options are objects: it says what viewers read");
  if (text.length > limits.optionChars) throw badOption(element, "options", `at most ${limits.optionChars.toLocaleString("en")} characters each`);
  return text.replaceAll(nthMark, " ");
}

/** The name of the option at the author's `index`. */
export function initialOption(element: string, { texts }: Options<unknown>, index: number | null): string | null {
  if (index === null) return null;
  if (texts.length === 0) {
    throw badOption(element, "options", "a list with at least one option, or `index` must be null, so that the answer may be null");
  }
  if (!Number.isInteger(index) || index < 0 || index >= texts.length) {
    throw badOption(element, "index", `a whole number from 0 to ${texts.length - 1}, or null`);
  }
  return optionKey(texts, index);
}
