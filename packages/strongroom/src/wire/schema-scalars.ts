import type { Schema } from "./schema.ts";

export function rule<T>(expected: string, fits: (value: unknown) => boolean): Schema<T> {
  return { expected, check: (value, at) => (fits(value) ? undefined : { at, expected }) };
}

export interface StringLimits {
  readonly maxLength: number;
  readonly minLength?: number;
  /** Must be anchored and linear in time. */
  readonly pattern?: RegExp;
}

export function string(limits: StringLimits): Schema<string> {
  const { maxLength, minLength = 0, pattern } = limits;
  const expected = `text of ${minLength} to ${maxLength} characters${pattern ? ` like ${pattern.source}` : ""}`;
  return rule(
    expected,
    (value) =>
      typeof value === "string" &&
      value.length <= maxLength &&
      value.length >= minLength &&
      (pattern === undefined || pattern.test(value)),
  );
}

export interface NumberLimits {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly integer?: boolean;
}

export function number(limits: NumberLimits = {}): Schema<number> {
  const { min = -Number.MAX_VALUE, max = Number.MAX_VALUE, integer = false } = limits;
  const expected = `${integer ? "a whole number" : "a number"} from ${min} to ${max}`;
  return rule(
    expected,
    (value) =>
      typeof value === "number" && value >= min && value <= max && (!integer || Number.isSafeInteger(value)),
  );
}

export function literal<const T extends string | number | boolean | null>(
  ...members: readonly T[]
): Schema<T> {
  const set = new Set<unknown>(members);
  return rule(members.length > 12 ? "one of the declared values" : `one of ${members.join(", ")}`, (value) =>
    set.has(value),
  );
}

/** One of a list that was declared at run time: its members stay out of messages. */
export function oneOf(members: readonly string[]): Schema<string> {
  return rule("one of the options", (value) => typeof value === "string" && members.includes(value));
}

export const boolean: Schema<boolean> = rule("true or false", (value) => typeof value === "boolean");
