import { limits } from "../wire/limits.ts";
import { badOption } from "../worker/errors.ts";
import { isPending, wrongCall } from "./check-options.server.ts";
import { nthMark, optionIndex, optionKey } from "./options.schema.ts";

/** The author's options, and how they are named on the wire. */
export interface Options<T> {
  readonly texts: readonly string[];
  /** The option that an answer names; text that a viewer was allowed to add, and `null`, as they are. */
  readonly fromWire: (name: string | null) => T | string | null;
  /** What an answer calls a value; nothing when no answer can be that value. */
  readonly toWire: (value: unknown) => string | null | undefined;
}

/** Gives each option the text that viewers see. */
export function optionsOf<T>(
  element: string,
  given: Iterable<T>,
  format: (option: T) => string = String,
): Options<T> {
  checkList(element, given);
  if (typeof format !== "function")
    throw badOption(element, "formatFunc", "a function that answers an option's text");
  const values = [...given];
  if (values.length > 100_000) throw badOption(element, "options", "a list of at most 100,000");
  const texts = values.map((value) => textOf(element, value, format));
  const indexOf = (value: unknown): number => {
    const index = values.indexOf(value as T);
    // What `st.sessionState` gives back may be a copy: it is found by its text.
    return index < 0 && typeof value === "object" && value !== null
      ? texts.indexOf(format(value as T))
      : index;
  };
  return {
    texts,
    fromWire(name) {
      const index = name === null ? -1 : optionIndex(texts, name);
      return index < 0 ? name : (values[index] as T);
    },
    toWire(value) {
      const index = indexOf(value);
      if (index >= 0) return optionKey(texts, index);
      return value === null || typeof value === "string" ? value : undefined;
    },
  };
}

function checkList(element: string, given: unknown): void {
  if (isPending(given))
    throw badOption(element, "options", "what is there; this is still to come: write `await` before it");
  if (typeof given === "object" && given !== null && Symbol.iterator in given) return;
  const usage = `st.${element}("Region", ["EU", "US"], { … })`;
  throw wrongCall(usage, "the second argument is the list of options");
}

function textOf<T>(element: string, option: T, format: (option: T) => string): string {
  const text = String(format(option));
  if (text === "[object Object]")
    throw badOption(element, "formatFunc", "given where options are objects: it says what viewers read");
  if (text.length > limits.optionChars)
    throw badOption(element, "options", `at most ${limits.optionChars.toLocaleString("en")} characters each`);
  return text.replaceAll(nthMark, " ");
}

/** The name of the option at the author's `index`. */
export function initialOption(
  element: string,
  texts: readonly string[],
  index: number | null,
): string | null {
  if (index === null) return null;
  if (texts.length === 0) {
    throw badOption(
      element,
      "options",
      "a list with at least one option, or `index` must be null, so that the answer may be null",
    );
  }
  if (!Number.isInteger(index) || index < 0 || index >= texts.length) {
    throw badOption(element, "index", `a whole number from 0 to ${texts.length - 1}, or null`);
  }
  return optionKey(texts, index);
}
