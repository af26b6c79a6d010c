import { isAbsolute, relative, resolve } from "node:path";
import { connectionSchema } from "../wire/connection-settings.ts";
import { decode } from "../wire/schema.ts";
import { isPlainObject } from "../wire/schema-structures.ts";
import { connectionName, type BrokerSetup } from "../wire/query.ts";
import { BrokerError } from "./errors.ts";

/** A database in a file. Paths are absolute here. */
export interface SqliteSettings {
  readonly type: "sqlite";
  readonly path: string;
  /** A file of SQL from which a database that does not exist is made. */
  readonly seed: string | undefined;
  /** True when queries may change data. */
  readonly write: boolean;
}

export type ConnectionSettings = SqliteSettings;

/** The settings of one connection under `[connections]`, or an error that says what is wrong with them. */
export function settingsOf(
  name: string,
  { connections: section, appFolder }: BrokerSetup,
): ConnectionSettings {
  const connections = isPlainObject(section) ? section : {};
  if (connectionName.check(name, "") !== undefined || !Object.hasOwn(connections, name)) {
    throw new BrokerError(
      "ERR_CONNECTION_UNKNOWN",
      `There is no connection of that name. Add a [connections.…] section to .strongroom/config.toml, or to secrets.toml where it holds a password: type = "sqlite", path = "data/app.db".`,
    );
  }
  const decoded = decode(connectionSchema, connections[name]);
  if (!decoded.ok) {
    const place = decoded.at.replace("$", `connections.${name}`);
    throw new BrokerError("ERR_CONNECTION_SETTINGS", `${place}: expected ${decoded.expected}.`);
  }
  const { value } = decoded;
  return {
    type: value.type,
    path: pathInside(appFolder, value.path, `connections.${name}.path`),
    seed:
      value.seed === undefined ? undefined : pathInside(appFolder, value.seed, `connections.${name}.seed`),
    write: value.write === true,
  };
}

/** A path as it stands, or below the app's folder where it is relative. */
function pathInside(folder: string, given: string, name: string): string {
  const full = resolve(folder, given);
  if (isAbsolute(given) || !relative(folder, full).startsWith("..")) return full;
  throw new BrokerError(
    "ERR_CONNECTION_SETTINGS",
    `${name} leads out of the app's folder; write an absolute path if that is meant.`,
  );
}
