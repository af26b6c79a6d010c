import type { NamedOption } from "./options.ts";
import { misfit } from "./problem.ts";

/** What was found so far. */
export interface Findings {
  readonly found: Map<string, { readonly value: unknown; readonly origin: string }>;
  readonly remarks: string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Reads a value of a file, and remembers it with its origin. */
export function keep(
  { found, environment }: Findings,
  option: NamedOption,
  { value, place }: { readonly value: unknown; readonly place: string },
): void {
  const named = typeof value === "string" && value.startsWith("env:") ? value.slice(4) : undefined;
  if (named === undefined) {
    found.set(option.name, { value: read(option, value, place), origin: place });
    return;
  }
  const held = environment[named];
  if (held === undefined)
    throw misfit({ place, name: option.name }, `the environment variable ${named} to be set`);
  const origin = `${place}, environment ${named}`;
  found.set(option.name, { value: read(option, held, origin), origin });
}

/** A value that fits its option. */
export function read(option: NamedOption, value: unknown, place: string): unknown {
  const decoded = option.kind.read(value);
  if (decoded === undefined) throw misfit({ place, name: option.name }, option.kind.expected);
  return decoded;
}
