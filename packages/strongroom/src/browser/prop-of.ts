import type { Json } from "../wire/schema.ts";

/** One prop of an element whose kind is not looked at. */
export function propOf(props: Json, name: string): Json | undefined {
  return typeof props === "object" && props !== null && !Array.isArray(props)
    ? (props as { readonly [name: string]: Json })[name]
    : undefined;
}
