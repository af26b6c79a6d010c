import { isDeepStrictEqual } from "node:util";
import type { Logger } from "pino";
import type { StartingPool } from "../gateway/supervise/pool-types.ts";
import { hiddenTexts, isTooPlain, secretTexts } from "../secrets/forms.ts";
import type { Mask } from "../secrets/mask.ts";
import { allSecrets, readSecrets, type SecretValues } from "../secrets/read-secrets.ts";
import type { KeyPlaces } from "../secrets/sealed.ts";
import { watchSecrets } from "./watch-secrets.ts";

export interface Following {
  readonly places: KeyPlaces;
  readonly mask: Mask;
  /** Names of entries that are no secrets. */
  readonly shown: readonly string[];
  readonly log: Logger;
  /** What the server was started with. */
  readonly known: SecretValues;
}

/** Takes up secrets that change, each section where it is used; answers how to end it. */
export function followSecrets(
  { places, mask, shown, log, known }: Following,
  pool: StartingPool,
): () => void {
  let before = known;
  const change = async (): Promise<void> => {
    const now = await readSecrets(places);
    // What is new is hidden before anybody has it.
    mask.learn(hiddenTexts(allSecrets(now), shown));
    warnOfPlainSecrets(now, log);
    const [old, changed] = [
      before,
      (name: "forAuthors" | "connections" | "auth") => !isDeepStrictEqual(old[name], now[name]),
    ];
    before = now;
    if (changed("forAuthors")) {
      pool.changeSecrets(now.forAuthors);
      log.info("The secrets have changed; new workers take the sessions over.");
    }
    if (changed("connections") || changed("auth"))
      log.warn("[connections] or [auth] have changed in the secrets: they count from the next start.");
  };
  return watchSecrets(places, change, log);
}

const secretWords = /pass|pwd|secret|token|key|credential/i;

/** Names secrets that cannot be hidden on pages, because they could be any word. */
export function warnOfPlainSecrets(secrets: SecretValues, log: Logger): void {
  const names = secretTexts(allSecrets(secrets))
    .filter(({ name, text }) => text !== "" && secretWords.test(name) && isTooPlain(text))
    .map(({ name }) => name);
  if (names.length === 0) return;
  log.warn(
    { names },
    "These secrets are too short or too plain to be told from other text, and are not hidden on pages or in the log. Use at least 8 characters with letters and digits.",
  );
}
