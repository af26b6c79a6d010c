import { createHmac, randomBytes } from "node:crypto";
import type { Logger } from "pino";
import type { BrokerSecrets } from "../gateway/supervise/broker-secrets.ts";
import type { StartingPool } from "../gateway/supervise/pool-types.ts";
import { hiddenTexts, isTooPlain, secretTexts } from "../secrets/forms.ts";
import type { Mask } from "../secrets/mask.ts";
import { hereSecrets, readSecrets, type SecretValues } from "../secrets/read-secrets.ts";
import type { KeyPlaces } from "../secrets/sealed.ts";
import { watchSecrets } from "./watch-secrets.ts";

export interface Following {
  readonly places: KeyPlaces;
  readonly mask: Mask;
  /** Names of entries that are no secrets. */
  readonly shown: readonly string[];
  readonly log: Logger;
  /** Answers which connections may change data; throws where one could never be opened. */
  readonly check: (now: SecretValues) => Promise<BrokerSecrets["writes"]>;
  /** What the server was started with. */
  readonly known: Digests;
}

/** Takes up secrets that change, each section where it is used; answers how to end it. */
export function followSecrets(following: Following, pool: StartingPool): () => void {
  const { places, mask, shown, log, check } = following;
  let before = following.known;
  const change = async (): Promise<void> => {
    const now = await readSecrets(places);
    const writes = await check(now);
    // What is new is hidden before anybody has it.
    mask.learn(hiddenTexts(hereSecrets(now), shown));
    warnOfPlainSecrets(plainSecretNames(now), log);
    const digests = digestsOf(now);
    const changed = sections.filter((name) => before[name] !== digests[name]);
    before = digests;
    if (changed.length === 0) return;
    pool.changeSecrets({
      secrets: changed.includes("forAuthors") ? now.forAuthors : undefined,
      writes: changed.includes("connections") ? writes : undefined,
    });
    log.info({ changed }, "The secrets have changed and are taken up.");
    if (changed.includes("auth"))
      log.warn("[auth] has changed in the secrets: it counts from the next start.");
  };
  return watchSecrets(places, change, log);
}

const sections = ["forAuthors", "connections", "auth"] as const;
type Digests = Readonly<Record<(typeof sections)[number], string>>;
const digestKey = randomBytes(32);

/** By what each section is known again without being held: those of connections are not ours to keep. */
export function digestsOf(secrets: SecretValues): Digests {
  const digestOf = (name: keyof Digests): string =>
    createHmac("sha256", digestKey).update(JSON.stringify(secrets[name])).digest("base64");
  return { forAuthors: digestOf("forAuthors"), connections: digestOf("connections"), auth: digestOf("auth") };
}

const secretWords = /pass|pwd|secret|token|key|credential/i;

/** The names of secrets that cannot be hidden on pages, because they could be any word. */
export function plainSecretNames({ forAuthors, connections, auth }: SecretValues): readonly string[] {
  return secretTexts({ ...forAuthors, connections, auth })
    .filter(({ name, text }) => text !== "" && secretWords.test(name) && isTooPlain(text))
    .map(({ name }) => name);
}

export function warnOfPlainSecrets(names: readonly string[], log: Logger): void {
  if (names.length === 0) return;
  log.warn(
    { names },
    "These secrets are too short or too plain to be told from other text, and are not hidden on pages or in the log. Use at least 8 characters with letters and digits.",
  );
}
