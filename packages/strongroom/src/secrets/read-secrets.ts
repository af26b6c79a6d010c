/** Secrets are read from files that only their owner can read and that no repository will publish. */
import { ConfigProblem } from "../config/problem.ts";
import { readTomlFile, tomlFile, type TomlFile } from "../config/toml-file.ts";
import type { Json } from "../wire/schema.ts";
import { checkExposure } from "./exposure.ts";
import { readSecretFolder } from "./read-folder.ts";
import { ageKeys, openSealed, type KeyPlaces } from "./sealed.ts";
import { secretSources, type SecretSource } from "./sources.ts";

type Section = Readonly<Record<string, Json>>;

/** The secrets, split by who may have them. */
export interface SecretValues {
  /** What the author reads as `st.secrets`. */
  readonly forAuthors: Section;
  /** The broker's, by connection. */
  readonly connections: Readonly<Record<string, Section>>;
  /** The gateway's. */
  readonly auth: Section;
  /** Where in the files each entry of `[auth]` stands: `client_id` or `google.client_id` → `secrets.toml:12`. */
  readonly authPlaces: Readonly<Record<string, string>>;
  /** Where secrets were looked for, whether there are any or not. */
  readonly places: readonly string[];
}

/** What is known of each connection: its settings, and over them its secrets. */
export function mergedConnections(
  settings: Readonly<Record<string, unknown>>,
  secrets: SecretValues["connections"],
): Readonly<Record<string, object>> {
  const names = new Set([...Object.keys(settings), ...Object.keys(secrets)]);
  // The configuration has checked that each is a section.
  return Object.fromEntries(
    [...names].map((name) => [name, { ...(settings[name] as object | undefined), ...secrets[name] }]),
  );
}

interface Read {
  readonly values: Readonly<Record<string, unknown>>;
  readonly placeOf: TomlFile["placeOf"];
}

/** Reads all sources; each entry of a later one replaces that of an earlier one, and each connection does. */
export async function readSecrets(places: KeyPlaces): Promise<SecretValues> {
  const all: Record<string, Json> = {};
  const connections: Record<string, Section> = {};
  let authPlaces: SecretValues["authPlaces"] = {};
  const sources = secretSources(places).filter(
    ({ path }) => places.only === undefined || path === places.only,
  );
  for (const source of sources) {
    const read = await readSource(source, places);
    if (read === undefined) continue;
    for (const [name, value] of Object.entries(read.values)) {
      const plain = plainValue(value, read, [name]);
      if (name === "connections") Object.assign(connections, sectionsOf(plain, read));
      else all[name] = plain;
      if (name === "auth") authPlaces = placesIn(plain, read.placeOf, ["auth"]);
    }
  }
  const { auth = {}, ...forAuthors } = all;
  return Object.freeze({
    forAuthors: Object.freeze(forAuthors),
    connections: Object.freeze(connections),
    auth: asSection(auth),
    authPlaces,
    places: sources.map(({ path }) => path),
  });
}

/** The place of a section and of all that is in it, by names below the first. */
function placesIn(
  value: Json,
  placeOf: Read["placeOf"],
  path: readonly string[],
): Readonly<Record<string, string>> {
  const own = { [path.slice(1).join(".")]: placeOf(...path) };
  const inside = Object.entries(asSection(value)).map(([name, each]) =>
    placesIn(each, placeOf, [...path, name]),
  );
  return Object.assign(own, ...inside) as Readonly<Record<string, string>>; // all of them are
}

async function readSource({ path, kind }: SecretSource, places: KeyPlaces): Promise<Read | undefined> {
  switch (kind) {
    case "toml":
      checkExposure(path, places.exposureOf);
      return readTomlFile(path);
    case "sealed":
      return tomlFile(path, await openSealed(path, ageKeys(places)));
    case "folder":
      checkExposure(path, places.exposureOf);
      return { values: readSecretFolder(path), placeOf: (...keys) => [path, ...keys].join("/") };
  }
}

function sectionsOf(value: Json, file: Read): Readonly<Record<string, Section>> {
  const sections: Record<string, Section> = {};
  for (const [name, each] of Object.entries(asSection(value))) {
    if (!isSection(each)) {
      throw new ConfigProblem(
        `${file.placeOf("connections", name)}: expected a section [connections.${name}].`,
      );
    }
    sections[name] = each;
  }
  return sections;
}

function asSection(value: Json): Section {
  return isSection(value) ? value : {};
}

function isSection(value: Json): value is Section {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** TOML's values as plain data: dates become text. */
function plainValue(value: unknown, file: Read, path: readonly string[]): Json {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (Number.isFinite(value)) return value;
      break;
    case "object":
      if (value instanceof Date) return value.toISOString();
      if (Array.isArray(value)) return value.map((item) => plainValue(item, file, path));
      if (value !== null) {
        return Object.fromEntries(
          Object.entries(value).map(([name, item]) => [name, plainValue(item, file, [...path, name])]),
        );
      }
      break;
    default:
  }
  throw new ConfigProblem(
    `${file.placeOf(...path)}: expected text, a finite number, true or false, a date, a list or a section.`,
  );
}
