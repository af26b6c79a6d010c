import { nearest } from "../config/nearest.ts";
import { StrongroomError } from "./errors.ts";

/** Every name that options of a type may have. */
type NamesOf<O> = O extends unknown ? keyof O & string : never;

/** The names of options, all of them. */
export type OptionNames<O> = Readonly<Record<NamesOf<O>, true>>;

/** Takes the names of options of a type: one that is missing does not compile, nor one that there is not. */
export function optionNames<O>(): <N extends OptionNames<O>>(
  names: N & Readonly<Record<Exclude<keyof N, NamesOf<O>>, never>>,
) => OptionNames<O> {
  return (names) => Object.freeze(names);
}

/** Refuses names that are none: what they say would be left out without a word. `place` is `st.button`. */
export function checkNames(place: string, options: object, known: object): void {
  for (const name in options) {
    if (Object.hasOwn(known, name)) continue;
    throw new StrongroomError("ERR_BAD_OPTION", `${place}: ${adviceOn(name, known)}`);
  }
}

function adviceOn(name: string, known: object): string {
  const ours = name.replaceAll(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  if (Object.hasOwn(known, ours)) return `the option \`${name}\` is written \`${ours}\`.`;
  const names = Object.keys(known);
  const near = nearest(ours, names);
  return near === undefined
    ? `there is no option \`${name}\`; it takes ${names.map((one) => `\`${one}\``).join(", ")}.`
    : `there is no option \`${name}\`; did you mean \`${near}\`?`;
}
