import type { BrokerSetup } from "../../wire/query.ts";
import { isPlainObject } from "../../wire/schema-structures.ts";

/** What stands of connections in secrets: the broker reads it itself, we know no more than this. */
export interface BrokerSecrets {
  readonly source: NonNullable<BrokerSetup["secrets"]>;
  /** By the name of each connection: whether it may change data. */
  readonly writes: Readonly<Record<string, boolean>>;
}

/** Which of these connections may change data. */
export function writesOf(connections: Readonly<Record<string, unknown>>): Readonly<Record<string, boolean>> {
  const mayWrite = (settings: unknown): boolean => !isPlainObject(settings) || settings["write"] === true;
  return Object.fromEntries(Object.entries(connections).map(([name, each]) => [name, mayWrite(each)]));
}
