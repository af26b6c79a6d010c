import { mergedConnections, readSecrets } from "../secrets/read-secrets.ts";
import type { BrokerSetup } from "../wire/query.ts";
import type { Json } from "../wire/schema.ts";
import { isPlainObject } from "../wire/schema-structures.ts";

/** The setup with what stands of its connections in secrets: read here, so that nobody else has to hold it. */
export async function withSecrets(setup: BrokerSetup, report: (text: string) => void): Promise<BrokerSetup> {
  const { appFolder, connections, secrets } = setup;
  if (secrets === undefined) return setup;
  try {
    const read = await readSecrets({
      appFolder,
      home: secrets.home,
      files: secrets.files,
      ageKey: secrets.ageKey,
      exposureOf: () => "none", // the start has asked git
    });
    const merged = mergedConnections(isPlainObject(connections) ? connections : {}, read.connections);
    return { ...setup, connections: merged as Json }; // of JSON's types are both of its parts
  } catch (error) {
    report(
      `The secrets of the connections cannot be read: ${error instanceof Error ? error.message : "unknown error"}`,
    );
    return setup;
  }
}
