import { dirname, sep } from "node:path";
import { watch } from "chokidar";

/** How long after a save a build waits for its fellows: editors write in several steps, git in many. */
const quietMs = 10;
/** How often files are looked at, where that must be. */
const pollMs = 300;
const relevant = /\.([cm]?[jt]sx?|json)$/;

/** Watches the author's files. */
export interface AuthorWatch {
  /** Resolves when nothing that is saved from now on is missed. */
  readonly ready: Promise<void>;
  /** Looks at the folders of these files too, where they stand outside of the app. */
  also(files: Iterable<string>): void;
  close(): Promise<void>;
}

interface Watched {
  readonly appFolder: string;
  readonly stateFolder: string;
  /** Looks again and again, where the system tells of no change. */
  readonly poll: boolean;
}

/** Calls back once after files below the folder were saved, added or removed; packages and our own state do not count. */
export function watchAuthorFiles(
  { appFolder, stateFolder, poll }: Watched,
  onChange: () => void,
): AuthorWatch {
  let timer: NodeJS.Timeout | undefined;
  const folders = new Set<string>();
  const ignored = (path: string): boolean =>
    path === stateFolder ||
    path.startsWith(`${stateFolder}${sep}`) ||
    /[\\/](node_modules|\.git)([\\/]|$)/.test(path);
  const watcher = watch(appFolder, {
    ignored,
    ignoreInitial: true,
    followSymlinks: false,
    ...(poll ? { usePolling: true, interval: pollMs } : {}),
  });
  watcher.on("all", (event, path) => {
    if (event === "addDir" || (event !== "unlinkDir" && !relevant.test(path))) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, quietMs);
  });
  // A folder that cannot be watched (too many files, no rights) leaves the rest watched.
  watcher.on("error", () => {});
  const ready = new Promise<void>((resolve) => void watcher.once("ready", resolve));
  return {
    ready,
    also(files) {
      for (const file of files) {
        const folder = dirname(file);
        if (file.startsWith(`${appFolder}${sep}`) || folders.has(folder)) continue;
        folders.add(folder);
        watcher.add(folder);
      }
    },
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
