import { isDeepStrictEqual } from "node:util";
import type { Logger } from "pino";
import type { StartingPool } from "../gateway/supervise/pool-types.ts";
import { isTooPlain, secretTexts } from "../secrets/forms.ts";
import type { Mask } from "../secrets/mask.ts";
import { readSecrets, type SecretValues } from "../secrets/read-secrets.ts";
import type { KeyPlaces } from "../secrets/sealed.ts";
import { watchSecrets } from "./watch-secrets.ts";

export interface Following {
  readonly places: KeyPlaces;
  readonly mask: Mask;
  readonly log: Logger;
  /** What the server was started with. */
  readonly known: SecretValues;
}

/** Takes up secrets that change, each section where it is used; answers how to end it. */
export function followSecrets({ places, mask, log, known }: Following, pool: StartingPool): () => void {
  let before = known;
  const change = async (): Promise<void> => {
    const now = await readSecrets(places);
    // What is new is hidden before anybody has it.
    mask.learn({ forAuthors: now.forAuthors, auth: now.auth, connections: now.connections });
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
export function warnOfPlainSecrets({ forAuthors, connections, auth }: SecretValues, log: Logger): void {
  const names = secretTexts({ ...forAuthors, connections, auth })
    .filter(({ name, text }) => text !== "" && secretWords.test(name) && isTooPlain(text))
    .map(({ name }) => name);
  if (names.length === 0) return;
  log.warn(
    { names },
    "These secrets are too short or too plain to be told from other text, and are not hidden on pages or in the log. Use at least 8 characters with letters and digits.",
  );
}
