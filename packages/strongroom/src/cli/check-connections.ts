import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { ConfigProblem } from "../config/problem.ts";
import { readTomlFile } from "../config/toml-file.ts";
import { secretFiles } from "../secrets/sources.ts";
import { connectionKeys, connectionSchema } from "../wire/connection-settings.ts";
import { connectionName } from "../wire/query.ts";
import { decode, type Infer } from "../wire/schema.ts";
import { isPlainObject } from "../wire/schema-structures.ts";

interface Places {
  readonly appFolder: string;
  readonly home: string;
}

/** Stops the start where a connection could never be opened; values are not told, they may be secret. */
export function checkConnections(connections: Readonly<Record<string, unknown>>, places: Places): void {
  for (const [name, settings] of Object.entries(connections)) {
    if (connectionName.check(name, "") !== undefined)
      throw problem(places, [name], `expected a name of letters, digits, - and _, at most 64 of them.`);
    const unknown = isPlainObject(settings)
      ? Object.keys(settings).find((key) => !connectionKeys.includes(key))
      : undefined;
    if (unknown !== undefined)
      throw problem(places, [name, unknown], `is not known. Expected ${connectionKeys.join(", ")}.`);
    const decoded = decode(connectionSchema, settings);
    if (decoded.ok) checkFiles(name, decoded.value, places);
    else throw problem(places, [name, ...keyOf(decoded.at)], `expected ${decoded.expected}.`);
  }
}

function checkFiles(name: string, settings: Infer<typeof connectionSchema>, places: Places): void {
  const isThere = (path: string): boolean => existsSync(resolve(places.appFolder, path));
  const { path, seed, write } = settings;
  if (isThere(path)) return;
  if (seed !== undefined && !isThere(seed))
    throw problem(places, [name, "seed"], "expected a file of SQL; there is none, and no database either.");
  if (seed === undefined && write !== true) {
    const text =
      "expected a database; there is no such file. Relative paths begin at the app's folder; a `seed` makes a database from a file of SQL.";
    throw problem(places, [name, "path"], text);
  }
}

/** `$.path` → `path`. */
function keyOf(at: string): readonly string[] {
  return at.startsWith("$.") ? [at.slice(2)] : [];
}

function problem(places: Places, keys: readonly string[], text: string): ConfigProblem {
  const place = placeOf(places, keys);
  return new ConfigProblem(`${place === undefined ? "" : `${place} `}connections.${keys.join(".")}: ${text}`);
}

/** The file that has the last word on a key, and its line; that of the whole section where no file holds the key. */
function placeOf({ appFolder, home }: Places, keys: readonly string[]): string | undefined {
  const configs = [home, appFolder].map((folder) => join(folder, ".strongroom", "config.toml"));
  const files = [...configs, ...secretFiles({ appFolder, home })]
    .reverse()
    .flatMap((path) => readTomlFile(path) ?? []);
  for (let depth = keys.length; depth > 0; depth--) {
    const path = ["connections", ...keys.slice(0, depth)];
    const file = files.find(({ values }) => holds(values, path));
    if (file !== undefined) return file.placeOf(...path);
  }
  return undefined;
}

function holds(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  return isPlainObject(value) && Object.hasOwn(value, key) && holds(value[key], rest);
}
