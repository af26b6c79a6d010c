import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import { isLoopback } from "../config/access.ts";
import type { Config } from "../config/options.ts";
import type { AuthSettings } from "../gateway/auth/settings.ts";
import type { BrokerSecrets } from "../gateway/supervise/broker-secrets.ts";
import type { StartingPool } from "../gateway/supervise/pool-types.ts";
import { hiddenTexts } from "../secrets/forms.ts";
import { Mask } from "../secrets/mask.ts";
import { ageKeyVariable } from "../secrets/sealed.ts";
import { basePathOf } from "./gateway-settings.ts";
import { followSecrets, warnOfPlainSecrets } from "./follow-secrets.ts";
import type { FoundSecrets } from "./read-app-secrets.ts";
import { findSecrets } from "./secret-thread.ts";

/** The secrets of an app that is started, each part for those who may have it. */
export interface AppSecrets {
  readonly forAuthors: FoundSecrets["forAuthors"];
  readonly places: readonly string[];
  readonly broker: BrokerSecrets;
  /** Hides them; those of connections the broker hides. */
  readonly mask: Mask;
  /** How viewers sign in; nothing where they cannot. */
  readonly auth: AuthSettings | undefined;
  /** Tells of those that cannot be hidden. */
  readonly warn: (log: Logger) => void;
  /** Takes up changes; answers how to end it. */
  readonly follow: (pool: StartingPool, log: Logger) => () => void;
}

/** Reads the secrets, and stops the start where one of the connections could never be opened. */
export async function appSecrets(
  config: Config,
  { appFolder, home }: { readonly appFolder: string; readonly home: string },
): Promise<AppSecrets> {
  const { files, shown } = config.secrets;
  const ageKey = process.env[ageKeyVariable];
  const { connections } = config;
  const request = { appFolder, home, files, ageKey, connections, digestKey: randomBytes(32), shown };
  const known = await findSecrets(request);
  const { forAuthors, auth, places, writes, plainNames } = known;
  const mask = new Mask(hiddenTexts({ ...forAuthors, auth }, shown));
  return {
    forAuthors,
    places,
    broker: { source: { home, files, ...(ageKey === undefined ? {} : { ageKey }) }, writes },
    mask,
    auth: await authOf(known, config.server),
    warn: (log) => warnOfPlainSecrets(plainNames, log),
    follow: (pool, log) => followSecrets({ request, mask, log, known }, pool),
  };
}

/** Decodes `[auth]`, where there is one. */
async function authOf(
  { auth: section, authPlaces: places }: FoundSecrets,
  server: Config["server"],
): Promise<AuthSettings | undefined> {
  if (Object.keys(section).length === 0) return undefined;
  const { authSettings } = await import("../gateway/auth/settings.ts"); // few apps need it
  return authSettings({ section, places, isOnLoopback: isLoopback(server.host), base: basePathOf(server) });
}
