import type { Json } from "../wire/schema.ts";
import { optionsByName, type Config } from "./options.ts";

/** The options that are not secret, as plain data by name; null where none is set. */
export function optionValues(config: Config): Readonly<Record<string, Json>> {
  const open = [...optionsByName.values()].filter(({ secret }) => secret !== true);
  return Object.fromEntries(open.map(({ name }) => [name, valueOf(config, name)]));
}

/** The value of an option; nothing where it is not set. */
export function optionValue(config: Config, name: string): unknown {
  const option = optionsByName.get(name);
  const section: Readonly<Record<string, unknown>> =
    option === undefined ? {} : config[option.section as keyof Config];
  return section[option?.key ?? ""];
}

function valueOf(config: Config, name: string): Json {
  // Every kind makes texts, numbers, switches and lists of them.
  return (optionValue(config, name) ?? null) as Json;
}
