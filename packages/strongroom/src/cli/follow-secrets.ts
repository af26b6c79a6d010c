import type { Logger } from "pino";
import type { StartingPool } from "../gateway/supervise/pool-types.ts";
import { hiddenTexts, plainWords } from "../secrets/forms.ts";
import type { Mask } from "../secrets/mask.ts";
import { ageKeyFiles, secretSources } from "../secrets/sources.ts";
import { sections, type FoundSecrets, type SecretRequest } from "./read-app-secrets.ts";
import { findSecrets } from "./secret-thread.ts";
import { watchFiles } from "./watch-files.ts";

const lookMs = 500;

export interface Following {
  readonly request: SecretRequest;
  readonly mask: Mask;
  readonly log: Logger;
  /** What the server was started with. */
  readonly known: FoundSecrets;
}

/** Takes up secrets that change, each section where it is used; answers how to end it. */
export function followSecrets({ request, mask, log, known }: Following, pool: StartingPool): () => void {
  let before = known.digests;
  const change = async (): Promise<void> => {
    const { forAuthors, auth, digests, writes, plainNames } = await findSecrets(request);
    // What is new is hidden before anybody has it.
    mask.learn(hiddenTexts({ ...forAuthors, auth }, request.shown));
    warnOfPlainSecrets(plainNames, log);
    const changed = sections.filter((name) => before[name] !== digests[name]);
    before = digests;
    if (changed.length === 0) return;
    pool.changeSecrets({
      secrets: changed.includes("forAuthors") ? forAuthors : undefined,
      writes: changed.includes("connections") ? writes : undefined,
    });
    log.info({ changed }, "The secrets have changed and are taken up.");
    if (changed.includes("auth"))
      log.warn("[auth] has changed in the secrets: it counts from the next start.");
  };
  const failed = (why: string): void => log.error(`The secrets have changed and are not taken up: ${why}`);
  const paths = (): readonly string[] => [
    ...secretSources(request).map(({ path }) => path),
    ...ageKeyFiles(request),
  ];
  return watchFiles({ lookMs, paths, changed: change, failed });
}

/** Names secrets that cannot be hidden on pages, because they could be any word. */
export function warnOfPlainSecrets(names: readonly string[], log: Logger): void {
  if (names.length === 0) return;
  log.warn(`${plainWords(names)} What is no secret, \`secrets.shown\` names.`);
}
