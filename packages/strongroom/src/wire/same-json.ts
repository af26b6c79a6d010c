import type { Json } from "./schema.ts";

/** Equality of plain data. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (isList(a)) return isList(b) && sameLists(a, b);
  return !isList(b) && sameObjects(a, b);
}

function sameLists(a: readonly Json[], b: readonly Json[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (!sameJson(a[index], b[index])) return false;
  return true;
}

type Fields = { readonly [name: string]: Json };

// This runs for each element of each run: no list of names is made.
function sameObjects(a: Fields, b: Fields): boolean {
  let names = 0;
  for (const name in a) {
    if (!sameJson(a[name], b[name])) return false;
    names++;
  }
  for (const _ in b) names--;
  return names === 0;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
