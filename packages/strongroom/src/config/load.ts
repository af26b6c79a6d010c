/** Reads the configuration once: files, then environment, then flags; each value is checked before the server starts. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openSections, options, optionsByName, type Config } from "./options.ts";
import { ConfigProblem, misfit } from "./problem.ts";
import { keep, read, type Findings } from "./findings.ts";
import { nearest } from "./nearest.ts";
import { readStreamlitFile } from "./streamlit-file.ts";
import { readTomlFile, type TomlFile } from "./toml-file.ts";
import { meantName, sectionNames, unknownOption, unknownSection } from "./unknown.ts";

export interface ConfigSources {
  readonly appFolder: string;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** By option name: `server.port`. */
  readonly flags: ReadonlyMap<string, string>;
}

export interface LoadedConfig {
  readonly config: Config;
  /** Where each value came from, by option name: a file's line, a variable, a flag; nothing for defaults. */
  readonly origins: ReadonlyMap<string, string>;
  /** What stands in a file of Streamlit and has no meaning here, and why. */
  readonly remarks: readonly string[];
}

/** Reads everything; throws a `ConfigProblem` at the first thing that is wrong. */
export function loadConfig(sources: ConfigSources): LoadedConfig {
  const findings: Findings = { found: new Map(), remarks: [], environment: sources.environment };
  const connections: Record<string, unknown> = {};
  for (const folder of [sources.home, sources.appFolder]) {
    const { path, isStreamlits } = configFile(folder);
    const file = readTomlFile(path);
    if (file === undefined) continue;
    if (isStreamlits) readStreamlitFile(file, findings);
    else readFile(file, findings);
    Object.assign(connections, openSection(file, "connections"));
  }
  readEnvironment(findings);
  readFlags(sources.flags, findings);
  const { found, remarks } = findings;
  const origins = new Map([...found].map(([name, { origin }]) => [name, origin]));
  return { config: configOf(found, connections), origins, remarks };
}

/** The file of a folder: ours, or Streamlit's where there is none of ours. */
export function configFile(folder: string): { readonly path: string; readonly isStreamlits: boolean } {
  const path = join(folder, ".strongroom", "config.toml");
  const other = join(folder, ".streamlit", "config.toml");
  const isStreamlits = !existsSync(path) && existsSync(other);
  return { path: isStreamlits ? other : path, isStreamlits };
}

function configOf(found: Findings["found"], connections: Readonly<Record<string, unknown>>): Config {
  const sections = Object.entries(options).map(([section, keys]): [string, unknown] => {
    const values = Object.entries(keys).map(([key, { default: value }]): [string, unknown] => {
      const set = found.get(`${section}.${key}`);
      return [key, set === undefined ? value : set.value];
    });
    return [section, Object.freeze(Object.fromEntries(values))];
  });
  // The table of options is what the type is made of; each value was read by its own kind.
  return Object.freeze({
    ...Object.fromEntries(sections),
    connections: Object.freeze(connections),
  }) as Config;
}

function readFile(file: TomlFile, findings: Findings): void {
  for (const [section, keys] of Object.entries(file.values)) {
    if (openSections.has(section)) continue;
    if (!sectionNames().includes(section))
      throw unknownSection(file.placeOf(section), section, isTable(keys));
    if (!isTable(keys))
      throw misfit({ place: file.placeOf(section), name: `[${section}]` }, "a section with keys");
    readSection(file, { section, keys }, findings);
  }
}

interface Section {
  readonly section: string;
  readonly keys: Readonly<Record<string, unknown>>;
}

function readSection(file: TomlFile, { section, keys }: Section, findings: Findings): void {
  for (const [key, value] of Object.entries(keys)) {
    const name = `${section}.${key}`;
    const place = file.placeOf(...name.split("."));
    if (sectionNames().includes(name) && isTable(value))
      readSection(file, { section: name, keys: value }, findings);
    else keep(findings, optionsByName.get(name) ?? unknownOption(place, name), { value, place });
  }
}

function openSection(file: TomlFile, section: string): Readonly<Record<string, unknown>> {
  const value = file.values[section];
  if (value === undefined) return {};
  if (!isTable(value))
    throw misfit(
      { place: file.placeOf(section), name: `[${section}]` },
      `sections such as [${section}.name]`,
    );
  for (const [name, each] of Object.entries(value)) {
    if (!isTable(each))
      throw misfit(
        { place: file.placeOf(section, name), name: `${section}.${name}` },
        `a section [${section}.${name}]`,
      );
  }
  return value;
}

function readEnvironment({ found, environment }: Findings): void {
  const byVariable = new Map([...optionsByName.values()].map((option) => [option.environment, option]));
  for (const [variable, value] of Object.entries(environment)) {
    if (value === undefined || !variable.startsWith("STRONGROOM_") || isOfOrchestrator(variable)) continue;
    const option = byVariable.get(variable);
    if (option === undefined) {
      if (isOfSection(variable) || isMistyped(variable, byVariable.keys()))
        throw misfit(
          { place: "environment", name: variable },
          "a known option",
          meantName(variable, byVariable.keys()),
        );
      continue;
    }
    const origin = `environment ${variable}`;
    found.set(option.name, { value: read(option, value, origin), origin });
  }
}

/** Kubernetes and container links describe a service named "strongroom" by variables of their own. */
function isOfOrchestrator(variable: string): boolean {
  return /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP)(_\w+)?)$/.test(variable);
}

function isOfSection(variable: string): boolean {
  return sectionNames().some((section) =>
    variable.startsWith(`STRONGROOM_${section.replace(".", "_").toUpperCase()}_`),
  );
}

/** What is near one of ours was meant to be it; all else may be somebody else's. What all begin with says nothing. */
function isMistyped(variable: string, known: Iterable<string>): boolean {
  const own = (name: string): string => name.slice("STRONGROOM_".length);
  return nearest(own(variable), [...known].map(own)) !== undefined;
}

function readFlags(flags: ReadonlyMap<string, string>, { found }: Findings): void {
  for (const [name, value] of flags) {
    const option = optionsByName.get(name) ?? unknownOption("command line", name);
    const origin = `flag --${option.flag ?? name}`;
    if (option.secret === true)
      throw new ConfigProblem(
        `${origin} ${name}: expected in a file or the environment. Other users of this machine can read a command line.`,
      );
    found.set(name, { value: read(option, value, origin), origin });
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
