import type { Logger } from "pino";
import type { Config } from "../config/options.ts";
import { writesOf, type BrokerSecrets } from "../gateway/supervise/broker-secrets.ts";
import type { StartingPool } from "../gateway/supervise/pool-types.ts";
import { hiddenTexts } from "../secrets/forms.ts";
import { Mask } from "../secrets/mask.ts";
import { hereSecrets, mergedConnections, readSecrets, type SecretValues } from "../secrets/read-secrets.ts";
import { ageKeyVariable } from "../secrets/sealed.ts";
import { digestsOf, followSecrets, plainSecretNames, warnOfPlainSecrets } from "./follow-secrets.ts";
import { gitExposure } from "./git-exposure.ts";

interface Places {
  readonly appFolder: string;
  readonly home: string;
}

/** The secrets of an app that is started, each part for those who may have it. */
export interface AppSecrets {
  readonly forAuthors: SecretValues["forAuthors"];
  readonly places: readonly string[];
  readonly broker: BrokerSecrets;
  /** Hides them; those of connections the broker hides. */
  readonly mask: Mask;
  readonly hasSignIn: boolean;
  /** Tells of those that cannot be hidden. */
  readonly warn: (log: Logger) => void;
  /** Takes up changes; answers how to end it. */
  readonly follow: (pool: StartingPool, log: Logger) => () => void;
}

/** Reads the secrets, and stops the start where one of the connections could never be opened. */
export async function appSecrets(config: Config, { appFolder, home }: Places): Promise<AppSecrets> {
  const { files, shown } = config.secrets;
  const ageKey = process.env[ageKeyVariable];
  const places = { appFolder, home, files, exposureOf: gitExposure, ageKey };
  const secrets = await readSecrets(places);
  const check = (now: SecretValues): Promise<BrokerSecrets["writes"]> =>
    checkedConnections(config.connections, now, { appFolder, home });
  const mask = new Mask(hiddenTexts(hereSecrets(secrets), shown));
  // Only digests of them are kept here: what is the broker's is not ours to hold.
  const known = digestsOf(secrets);
  const names = plainSecretNames(secrets);
  return {
    forAuthors: secrets.forAuthors,
    places: secrets.places,
    broker: {
      source: { home, files, ...(ageKey === undefined ? {} : { ageKey }) },
      writes: await check(secrets),
    },
    mask,
    hasSignIn: Object.keys(secrets.auth).length > 0,
    warn: (log) => warnOfPlainSecrets(names, log),
    follow: (pool, log) => followSecrets({ places, mask, shown, log, known, check }, pool),
  };
}

/** Which connections there are, and which may change data, once all of them could be opened. */
async function checkedConnections(
  settings: Config["connections"],
  secrets: SecretValues,
  places: Places,
): Promise<BrokerSecrets["writes"]> {
  const connections = mergedConnections(settings, secrets.connections);
  if (Object.keys(connections).length === 0) return {};
  const { checkConnections } = await import("./check-connections.ts"); // few apps need it
  checkConnections(connections, places);
  return writesOf(connections);
}
