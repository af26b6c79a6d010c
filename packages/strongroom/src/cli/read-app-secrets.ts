import { createHmac } from "node:crypto";
import type { Config } from "../config/options.ts";
import { writesOf, type BrokerSecrets } from "../gateway/supervise/broker-secrets.ts";
import { plainNames } from "../secrets/forms.ts";
import { mergedConnections, readSecrets, type SecretValues } from "../secrets/read-secrets.ts";
import { gitExposure } from "./git-exposure.ts";

/** What is to be read: plain data, which also goes into a thread. */
export interface SecretRequest {
  readonly appFolder: string;
  readonly home: string;
  readonly files: readonly string[];
  readonly ageKey: string | undefined;
  /** The `[connections]` of the configuration. */
  readonly connections: Config["connections"];
  /** Under which sections are known again. */
  readonly digestKey: Uint8Array;
  /** Names of entries that are no secrets. */
  readonly shown: readonly string[];
}

/** What a server may know of its secrets: all but those of connections. */
export interface FoundSecrets extends Pick<SecretValues, "forAuthors" | "auth" | "authPlaces" | "places"> {
  readonly writes: BrokerSecrets["writes"];
  /** Differs when the section does. */
  readonly digests: Readonly<Record<(typeof sections)[number], string>>;
  /** Names of secrets that cannot be hidden, because they could be any word. */
  readonly plainNames: readonly string[];
}

export const sections = ["forAuthors", "connections", "auth"] as const;
const secretWords = /pass|pwd|secret|token|key|credential/i;

/** Reads the secrets, and throws where one of the connections could never be opened. */
export async function readAppSecrets(request: SecretRequest): Promise<FoundSecrets> {
  const secrets = await readSecrets({ ...request, exposureOf: gitExposure });
  const { forAuthors, connections, auth, authPlaces, places } = secrets;
  const digestOf = (value: unknown): string =>
    createHmac("sha256", request.digestKey).update(JSON.stringify(value)).digest("base64");
  return {
    forAuthors,
    auth,
    authPlaces,
    places,
    writes: await checkedConnections(request, secrets),
    digests: {
      forAuthors: digestOf(forAuthors),
      connections: digestOf(connections),
      auth: digestOf(auth),
    },
    plainNames: [
      ...plainNames({ ...forAuthors }, request.shown),
      // Hosts and names of users are plain, and no secrets.
      ...plainNames({ connections, auth }, request.shown).filter((name) => secretWords.test(name)),
    ],
  };
}

/** Which connections there are, and which may change data, once all of them could be opened. */
async function checkedConnections(
  { connections: settings, appFolder, home }: SecretRequest,
  secrets: SecretValues,
): Promise<BrokerSecrets["writes"]> {
  const connections = mergedConnections(settings, secrets.connections);
  if (Object.keys(connections).length === 0) return {};
  const { checkConnections } = await import("./check-connections.ts"); // few apps need it
  checkConnections(connections, { appFolder, home });
  return writesOf(connections);
}
