/**
 * Closed decoders for everything that crosses a process: unknown fields, wrong types, values too long,
 * too many or too deep are refused. The first error stops; a refusal names the place, never the value.
 */

/** Where a value was refused and what was expected there; never the value itself. */
export interface Refusal {
  readonly at: string;
  readonly expected: string;
}

/** A decoder of plain JSON data. `check` answers nothing when the value fits. */
export interface Schema<T> {
  readonly expected: string;
  check(value: unknown, at: string): Refusal | undefined;
  /** Carries the type only; never present at run time. */
  readonly type?: T;
}

/** The type that a schema admits. */
export type Infer<S> = S extends Schema<infer T> ? T : never;

export type Decoded<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Refusal);

/** Decodes a value that came from outside. */
export function decode<T>(schema: Schema<T>, value: unknown): Decoded<T> {
  const refusal = schema.check(value, "$");
  // A schema's check is what makes the value a T: this is the one cast that decoding rests on.
  return refusal === undefined ? { ok: true, value: value as T } : { ok: false, ...refusal };
}

/** Decodes JSON text, refusing more than `maxChars` characters before it is parsed. */
export function decodeText<T>(schema: Schema<T>, text: string, maxChars: number): Decoded<T> {
  if (text.length > maxChars) return { ok: false, at: "$", expected: `at most ${maxChars} characters` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, at: "$", expected: "JSON" };
  }
  return decode(schema, value);
}

/** Plain JSON data. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
