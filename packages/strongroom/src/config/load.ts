/** Reads the configuration once: files, then environment, then flags; each value is checked before the server starts. */
import { join } from "node:path";
import { nearest } from "./nearest.ts";
import { openSections, options, optionsByName, type Config, type NamedOption } from "./options.ts";
import { ConfigProblem } from "./problem.ts";
import { readTomlFile, type TomlFile } from "./toml-file.ts";

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
}

interface Found {
  readonly value: unknown;
  readonly origin: string;
}

/** Reads everything; throws a `ConfigProblem` at the first thing that is wrong. */
export function loadConfig(sources: ConfigSources): LoadedConfig {
  const found = new Map<string, Found>();
  const connections: Record<string, unknown> = {};
  for (const folder of [sources.home, sources.appFolder]) {
    const file = readTomlFile(join(folder, ".strongroom", "config.toml"));
    if (file === undefined) continue;
    readFile(file, sources.environment, found);
    Object.assign(connections, openSection(file, "connections"));
  }
  readEnvironment(sources.environment, found);
  readFlags(sources.flags, found);
  const origins = new Map([...found].map(([name, { origin }]) => [name, origin]));
  return { config: configOf(found, connections), origins };
}

function configOf(found: ReadonlyMap<string, Found>, connections: Readonly<Record<string, unknown>>): Config {
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

function readFile(
  file: TomlFile,
  environment: ConfigSources["environment"],
  found: Map<string, Found>,
): void {
  for (const [section, keys] of Object.entries(file.values)) {
    if (openSections.has(section)) continue;
    if (!(section in options) && !isTable(keys)) throw outsideSections(file.placeOf(section), section);
    if (!(section in options))
      throw unknown(file.placeOf(section), `The section [${section}]`, nearest(section, sectionNames()));
    if (!isTable(keys))
      throw new ConfigProblem(`${file.placeOf(section)} [${section}]: expected a section with keys.`);
    for (const [key, value] of Object.entries(keys)) {
      const name = `${section}.${key}`;
      const place = file.placeOf(section, key);
      const option = optionsByName.get(name);
      if (option === undefined) throw unknown(place, name, nearestName(name));
      found.set(name, {
        value: read(option, fromEnvironment(value, environment, place), place),
        origin: place,
      });
    }
  }
}

function openSection(file: TomlFile, section: string): Readonly<Record<string, unknown>> {
  const value = file.values[section];
  if (value === undefined) return {};
  if (!isTable(value))
    throw new ConfigProblem(
      `${file.placeOf(section)} [${section}]: expected sections such as [${section}.name].`,
    );
  for (const [name, each] of Object.entries(value)) {
    if (!isTable(each))
      throw new ConfigProblem(
        `${file.placeOf(section, name)} ${section}.${name}: expected a section [${section}.${name}].`,
      );
  }
  return value;
}

/** `"env:NAME"` stands for what that variable holds. */
function fromEnvironment(value: unknown, environment: ConfigSources["environment"], place: string): unknown {
  if (typeof value !== "string" || !value.startsWith("env:")) return value;
  const name = value.slice(4);
  const held = environment[name];
  if (held === undefined)
    throw new ConfigProblem(`${place}: the environment variable ${name}, which is named here, is not set.`);
  return held;
}

function readEnvironment(environment: ConfigSources["environment"], found: Map<string, Found>): void {
  const byVariable = new Map([...optionsByName.values()].map((option) => [option.environment, option]));
  for (const [variable, value] of Object.entries(environment)) {
    if (value === undefined || !variable.startsWith("STRONGROOM_") || isOfOrchestrator(variable)) continue;
    const option = byVariable.get(variable);
    if (option === undefined) {
      if (isOfSection(variable)) throw unknown("Environment", variable, nearest(variable, byVariable.keys()));
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
  return sectionNames().some((section) => variable.startsWith(`STRONGROOM_${section.toUpperCase()}_`));
}

function readFlags(flags: ReadonlyMap<string, string>, found: Map<string, Found>): void {
  for (const [name, value] of flags) {
    const option = optionsByName.get(name);
    if (option === undefined) throw unknown("Command line", `--${name}`, nearestName(name));
    const origin = `flag --${option.flag ?? name}`;
    if (option.secret === true)
      throw new ConfigProblem(
        `${origin}: other users of this machine can read a command line. Put it into a file or the environment.`,
      );
    found.set(name, { value: read(option, value, origin), origin });
  }
}

function read(option: NamedOption, value: unknown, place: string): unknown {
  const decoded = option.kind.read(value);
  if (decoded === undefined)
    throw new ConfigProblem(`${place} ${option.name}: expected ${option.kind.expected}.`);
  return decoded;
}

function unknown(place: string, what: string, near: string | undefined): ConfigProblem {
  const advice =
    near === undefined ? "`strongroom config show` lists all that is known." : `Did you mean ${near}?`;
  return new ConfigProblem(`${place}: ${what} is not known. ${advice}`);
}

/** A key that stands above all sections. */
function outsideSections(place: string, name: string): ConfigProblem {
  const all = [...optionsByName.values()];
  const near = nearest(name, new Set(all.map((option) => option.key)));
  const { section, key } = all.find((option) => option.key === near) ?? { section: "server", key: "port" };
  const text = `${place} ${name}: keys stand in sections, such as ${key} below [${section}].`;
  return new ConfigProblem(text);
}

function nearestName(name: string): string | undefined {
  const [section = "", key = ""] = name.split(".");
  const here = [...optionsByName.values()]
    .filter((option) => option.section === section)
    .map((option) => option.key);
  const near = nearest(key, here);
  return near === undefined ? nearest(name, optionsByName.keys()) : `${section}.${near}`;
}

function sectionNames(): readonly string[] {
  return [...Object.keys(options), ...openSections];
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
