/** A text that stands in the source. */

/** What the compiler of types says of a text that is put together. */
type PutTogether =
  "A text put together from values lets a viewer change what it does. Write a template (db.query`… ${value} …`), or name the value (:value) and give it in params.";

/**
 * The type of a text that stands in the source: `"select 1"`, and not `string`, nor a template with values in it. Where
 * the row's type is written out (`query<Order>("…")`) the language cannot tell; the compiler of apps does.
 */
export type SourceText<T extends string> = [T] extends [never]
  ? string
  : T extends unknown
    ? {} extends Record<T, true>
      ? PutTogether
      : T
    : never;

/** True for the list that the language makes of a template, from text that stands in the source. */
export function isTemplate(strings: unknown, values: number): strings is TemplateStringsArray {
  if (!Array.isArray(strings) || !Object.isFrozen(strings) || strings.length !== values + 1) return false;
  const raw = Object.getOwnPropertyDescriptor(strings, "raw");
  // A list that somebody made to look like one has a `raw` that can be listed.
  if (raw === undefined || raw.enumerable === true || !Array.isArray(raw.value)) return false;
  const isWhole = strings.every((text) => typeof text === "string"); // a bad escape leaves a hole
  return isWhole && Object.isFrozen(raw.value) && raw.value.length === strings.length;
}
