import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, resolve } from "node:path";
import { loadConfig } from "../config/load.ts";
import { optionValue } from "../config/option-values.ts";
import { optionsByName } from "../config/options.ts";
import { readArguments } from "./arguments.ts";
import { configFlags, configSwitches, flagValues } from "./config-flags.ts";

/** Prints every option with its value and where that came from, in the form of a file. */
export function configShow(args: readonly string[]): number {
  const given = readArguments(args, { words: 1, values: configFlags, switches: configSwitches });
  const appFolder = folderOf(given.words[0] ?? ".");
  const { config, origins, remarks } = loadConfig({
    appFolder,
    home: homedir(),
    environment: process.env,
    flags: flagValues(given),
  });
  let section = "";
  for (const option of optionsByName.values()) {
    if (option.section !== section) console.log(`${section === "" ? "" : "\n"}[${option.section}]`);
    section = option.section;
    const value = optionValue(config, option.name);
    const shown =
      value === undefined ? "(not set)" : option.secret === true ? '"…"' : option.kind.show(value);
    const origin = origins.get(option.name) ?? "default";
    console.log(`# ${option.doc}`);
    console.log(`${value === undefined ? "# " : ""}${option.key} = ${shown}`.padEnd(44) + ` # ${origin}`);
  }
  for (const name of Object.keys(config.connections))
    console.log(`\n[connections.${name}] # its values are not shown`);
  for (const remark of remarks) console.log(`\n# ${remark}`);
  return 0;
}

/** A script or a folder; the configuration of one that is not there yet is that of its folder. */
function folderOf(word: string): string {
  const path = resolve(word);
  const folder = /\.[mc]?[tj]s$/.test(path) ? dirname(path) : path;
  return existsSync(folder) ? realpathSync(folder) : folder;
}
