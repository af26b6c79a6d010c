import { optionsByName } from "../config/options.ts";
import { UsageError, type Arguments } from "./arguments.ts";

const shortNames: ReadonlyMap<string, string> = new Map(
  [...optionsByName.values()].flatMap(({ name, flag }) =>
    flag === undefined ? [] : [[flag, name] as const],
  ),
);

/** Every flag that sets an option: `--section.key`, and its short form. */
export const configFlags: readonly string[] = [...shortNames.keys(), ...optionsByName.keys()];

/** Switches that stand for an option and a value. */
export const configSwitches: readonly string[] = ["no-watch", "production", "tls"];

/** The options that the command line sets, by name. */
export type FlagValues = ReadonlyMap<string, string>;

export function flagValues({ values, switches }: Arguments): FlagValues {
  const set = new Map<string, string>();
  for (const [flag, value] of values) {
    const name = shortNames.get(flag) ?? flag;
    if (set.has(name)) throw new UsageError(`--${flag} says twice what ${name} is.`);
    set.set(name, value);
  }
  if (switches.has("no-watch") || switches.has("production")) set.set("server.editing", "off");
  if (switches.has("tls")) set.set("server.developmentTls", "true");
  return set;
}
