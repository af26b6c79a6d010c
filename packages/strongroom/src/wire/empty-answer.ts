import type { Schema } from "./schema.ts";

/** True where an answer says nothing: no text, no option, no day, a range without one of its ends, a box not ticked. */
export function isEmptyAnswer(value: unknown): boolean {
  if (typeof value === "string") return value.trim() === "";
  if (Array.isArray(value)) return value.length === 0 || value.includes(null);
  return value === null || value === false;
}

/** The same answers without the empty ones: what a widget takes that is `required`. */
export function filled<T>(schema: Schema<T>): Schema<T> {
  const expected = "an answer";
  return {
    expected: schema.expected,
    check: (value, at) => schema.check(value, at) ?? (isEmptyAnswer(value) ? { at, expected } : undefined),
  };
}

/** True where a widget was shown with `required`. */
export function isRequired(props: unknown): boolean {
  return typeof props === "object" && props !== null && "required" in props && props.required === true;
}
