import { readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { ageKeyFiles, secretSources, type SecretPlaces } from "../secrets/sources.ts";

/** How often we look, in ms: a file is read once it has stayed the same for so long. */
const lookMs = 500;
const maxEntries = 1_000;

/**
 * Calls back when a source of secrets has changed and settled. Asked again and again, not told by the system: the files
 * may not be there yet, and an orchestrator changes all of a folder by one link. Answers how to end it.
 */
export function watchSecrets(places: SecretPlaces, changed: () => Promise<void>, log: Logger): () => void {
  let known = signatureOf(places);
  let last = known;
  let isReading = false;
  const look = async (): Promise<void> => {
    const now = signatureOf(places);
    const hasSettled = now === last;
    last = now;
    if (!hasSettled || now === known || isReading) return;
    known = now;
    isReading = true;
    try {
      await changed();
    } catch (error) {
      log.error(
        `The secrets have changed and are not taken up: ${error instanceof Error ? error.message : "unknown error"}`,
      );
    } finally {
      isReading = false;
    }
  };
  const timer = setInterval(() => void look(), lookMs).unref();
  return () => clearInterval(timer);
}

/** Differs when any of the sources does: which they are, where links lead, sizes and times. */
function signatureOf(places: SecretPlaces): string {
  const paths = [...secretSources(places).map(({ path }) => path), ...ageKeyFiles(places)];
  return paths.flatMap((path) => [path, ...entriesOf(path, maxEntries)]).join("\n");
}

function entriesOf(path: string, left: number): readonly string[] {
  try {
    const { ino, size, mtimeMs, mode } = statSync(path);
    const own = `${realpathSync(path)} ${ino} ${size} ${mtimeMs} ${mode}`;
    if (!statSync(path).isDirectory() || left <= 0) return [own];
    const names = readdirSync(path).slice(0, left);
    return [own, ...names.flatMap((name) => entriesOf(join(path, name), left - names.length))];
  } catch {
    return []; // not there, or not for us to see: that is a state like any other
  }
}
