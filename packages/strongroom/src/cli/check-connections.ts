import { existsSync } from "node:fs";
import { SettingsError } from "../broker/errors.ts";
import { settingsOf, type ConnectionSettings } from "../broker/settings.ts";
import { configFile } from "../config/load.ts";
import { ConfigProblem } from "../config/problem.ts";
import { readTomlFile } from "../config/toml-file.ts";
import { secretFiles } from "../secrets/sources.ts";
import { connectionName } from "../wire/query.ts";
import { isPlainObject } from "../wire/schema-structures.ts";

interface Places {
  readonly appFolder: string;
  readonly home: string;
}

/**
 * Stops the start where a connection could never be opened, or where its credentials stand among what is published with
 * the code; values are not told, they may be secret.
 */
export function checkConnections(connections: Readonly<Record<string, unknown>>, places: Places): void {
  for (const folder of [places.home, places.appFolder]) refuseCredentials(configFile(folder).path);
  for (const name of Object.keys(connections)) {
    if (connectionName.check(name, "") !== undefined)
      throw problem(places, [name], "expected a name of letters, digits, - and _, at most 64 of them.");
    try {
      checkFiles(settingsOf(name, { connections, appFolder: places.appFolder, tie: [] }));
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      throw problem(places, [name, ...error.key.split(".").filter(Boolean)], `${error.problem}.`);
    }
  }
}

const credentialHeaders = /authorization|cookie|token|secret|key/i;

/** The code's repository takes `config.toml` up: what opens a door stands in the secrets instead. */
function refuseCredentials(path: string): void {
  const file = readTomlFile(path);
  const { connections } = file?.values ?? {};
  if (file === undefined || !isPlainObject(connections)) return;
  for (const [name, section] of Object.entries(connections)) {
    const keys = isPlainObject(section) ? credentialIn(section) : undefined;
    if (keys === undefined) continue;
    const [key = ""] = keys;
    const secret = key === "url" ? "password" : keys.join(".");
    throw new ConfigProblem(
      `${file.placeOf("connections", name, ...keys)} connections.${name}.${keys.join(".")}: expected no credential here: ` +
        `this file is published with the code. Take it out${key === "url" ? " of the URL" : ""}, and keep it as a secret:\n\n` +
        `  strongroom secrets set connections.${name}.${secret}\n`,
    );
  }
}

/** Where in a section a credential stands. */
function credentialIn(section: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  for (const key of ["password", "token"]) if (isWritten(section[key])) return [key];
  const { url, headers } = section;
  if (typeof url === "string" && /^[^/?#]*\/\/[^/?#@]*:[^/?#@]+@/.test(url)) return ["url"];
  if (!isPlainObject(headers)) return undefined;
  const header = Object.keys(headers).find(
    (each) => credentialHeaders.test(each) && isWritten(headers[each]),
  );
  return header === undefined ? undefined : ["headers", header];
}

function isWritten(value: unknown): boolean {
  return typeof value === "string" && value !== "" && !value.startsWith("env:");
}

function checkFiles(settings: ConnectionSettings): void {
  const { name } = settings;
  if (settings.engine === "custom" && !existsSync(settings.module))
    throw new SettingsError(name, "module", "expected a file of code; there is none");
  if ("tls" in settings)
    for (const key of ["ca", "cert", "key"] as const) {
      const path = settings.tls?.[key];
      if (path !== undefined && !existsSync(path))
        throw new SettingsError(name, `ssl.${key}`, "expected a file; there is none");
    }
  if ("path" in settings) checkDatabase(settings);
}

type FileSettings = Extract<ConnectionSettings, { path: string | undefined }>;

function checkDatabase({ name, path, seed, write, files }: FileSettings): void {
  if (files.some((folder) => !existsSync(folder)))
    throw new SettingsError(name, "files", "expected folders; one of them is not there");
  if (path !== undefined && existsSync(path)) return;
  if (seed !== undefined && !existsSync(seed))
    throw new SettingsError(name, "seed", "expected a file of SQL; there is none, and no database either");
  if (path !== undefined && seed === undefined && !write)
    throw new SettingsError(
      name,
      "path",
      "expected a database; there is no such file. Relative paths begin at the app's folder; a `seed` makes a database from a file of SQL",
    );
}

function problem(places: Places, keys: readonly string[], text: string): ConfigProblem {
  const place = placeOf(places, keys);
  return new ConfigProblem(`${place === undefined ? "" : `${place} `}connections.${keys.join(".")}: ${text}`);
}

/** The file that has the last word on a key, and its line; that of the whole section where no file holds the key. */
function placeOf({ appFolder, home }: Places, keys: readonly string[]): string | undefined {
  const configs = [home, appFolder].map((folder) => configFile(folder).path);
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
