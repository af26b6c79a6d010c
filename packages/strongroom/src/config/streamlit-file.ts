import { keep, type Findings } from "./findings.ts";
import { openSections, optionsByName } from "./options.ts";
import { misfit } from "./problem.ts";
import { streamlitNames } from "./streamlit-names.ts";
import type { TomlFile } from "./toml-file.ts";
import { streamlitAdvice } from "./unknown.ts";

/**
 * Reads a `.streamlit/config.toml`: options that we have are taken, those that would open what is closed here are
 * refused, and of all others it is noted why they do nothing.
 */
export function readStreamlitFile(file: TomlFile, findings: Findings): void {
  for (const { path, value } of leaves(file.values)) {
    const name = path.join(".");
    const place = file.placeOf(...path);
    const known = streamlitNames[name];
    if (known !== undefined && "unsafe" in known && known.unsafe?.(value) === true)
      throw misfit({ place, name }, streamlitAdvice(name) ?? "");
    const option = optionsByName.get(known !== undefined && "ours" in known ? known.ours : name);
    if (option === undefined || (known !== undefined && "why" in known)) {
      const why = known !== undefined && "why" in known ? known.why : "it is not known here";
      findings.remarks.push(`${place} ${name}: left out; ${why}.`);
      continue;
    }
    const taken = known !== undefined && "take" in known ? (known.take?.(value) ?? value) : value;
    keep(findings, option, { value: taken, place });
  }
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

function leaves(table: Readonly<Record<string, unknown>>, path: readonly string[] = []): readonly Leaf[] {
  return Object.entries(table).flatMap(([key, value]): readonly Leaf[] => {
    const here = [...path, key];
    if (path.length === 0 && openSections.has(key)) return [];
    const isTable =
      streamlitNames[here.join(".")] === undefined &&
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      !(value instanceof Date);
    // An object that is neither list nor date is a table.
    return isTable ? leaves(value as Readonly<Record<string, unknown>>, here) : [{ path: here, value }];
  });
}
