import { readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";

const maxEntries = 1_000;

export interface Watched {
  /** How often we look, in ms: a file is read once it has stayed the same for so long. */
  readonly lookMs: number;
  /** The files and folders; others may be looked at each time. */
  readonly paths: () => readonly string[];
  readonly changed: () => Promise<void>;
  /** Hears why a change was not taken up. */
  readonly failed: (why: string) => void;
}

/**
 * Calls back when one of the files has changed and settled. Asked again and again, not told by the system: the files
 * may not be there yet, and an orchestrator changes all of a folder by one link. Answers how to end it.
 */
export function watchFiles({ lookMs, paths, changed, failed }: Watched): () => void {
  let known = signatureOf(paths());
  let last = known;
  let isReading = false;
  const look = async (): Promise<void> => {
    const now = signatureOf(paths());
    const hasSettled = now === last;
    last = now;
    if (!hasSettled || now === known || isReading) return;
    known = now;
    isReading = true;
    try {
      await changed();
    } catch (error) {
      failed(error instanceof Error ? error.message : "unknown error");
    } finally {
      isReading = false;
    }
  };
  const timer = setInterval(() => void look(), lookMs).unref();
  return () => clearInterval(timer);
}

/** Differs when any of the files does: which they are, where links lead, sizes and times. */
function signatureOf(paths: readonly string[]): string {
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
