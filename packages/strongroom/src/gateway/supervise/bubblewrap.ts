import { dirname } from "node:path";

/** How bubblewrap is used, strongest first. */
export type BubblewrapWay =
  /** As an ordinary user: in a user namespace. */
  | "user"
  /** As root: root mounts, then the worker becomes an unprivileged user without any capability. */
  | "demoted"
  /** As root, where that user could not read the app: still root's uid, so without /proc, where it could turn knobs. */
  | "root";

export interface Cell {
  readonly way: BubblewrapWay;
  /** Drops root; needed for `demoted`. */
  readonly setpriv: string | undefined;
  /** Files and folders that appear as they are, read-only. */
  readonly readable: readonly string[];
  /** Folders that appear empty, and what appears in them again. */
  readonly hidden: readonly string[];
  readonly shownAgain: readonly string[];
  readonly network: "none" | "host";
  readonly environment: readonly (readonly [name: string, value: string])[];
  readonly folder: string;
}

const unprivilegedUid = 65_534;
/** What the worker may write, in memory. */
export const scratchFolder = "/tmp";
const scratchBytes = 64 * 1024 * 1024;

/** The arguments that run a command in a cell of its own: all that is not named is not there. */
export function bubblewrapArguments(cell: Cell, command: readonly string[]): readonly string[] {
  const { way, readable, hidden, shownAgain } = cell;
  const isDemoted = way === "demoted";
  const isCovered = (path: string): boolean => hidden.some((folder) => path.startsWith(`${folder}/`));
  const open = shownAgain.filter((path) => !isCovered(path));
  return [
    unshared(cell),
    ["--die-with-parent", "--new-session", "--clearenv"],
    cell.environment.flatMap(([name, value]) => ["--setenv", name, value]),
    ["--cap-drop", "ALL"],
    isDemoted ? ["CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"].flatMap((name) => ["--cap-add", name]) : [],
    ["--perms", "1777", "--size", String(scratchBytes), "--tmpfs", scratchFolder, "--dev", "/dev"],
    way === "root" ? [] : ["--proc", "/proc"],
    ancestors([...readable, ...open]).flatMap((path) => ["--perms", "0755", "--dir", path]),
    readable.flatMap((path) => ["--ro-bind", path, path]),
    hidden.flatMap((path) => ["--perms", "0755", "--tmpfs", path]),
    ancestors(shownAgain)
      .filter(isCovered)
      .flatMap((path) => ["--perms", "0755", "--dir", path]),
    shownAgain.flatMap((path) => ["--ro-bind", path, path]),
    [...hidden, "/dev", "/"].flatMap((path) => ["--remount-ro", path]),
    ["--chdir", cell.folder],
    isDemoted ? demotion(cell.setpriv ?? "setpriv") : [],
    command,
  ].flat();
}

function unshared({ way, network }: Cell): readonly string[] {
  return [
    ...(way === "demoted" ? [] : ["--unshare-user"]),
    ...(network === "none" ? ["--unshare-net"] : []),
    "--unshare-ipc",
    "--unshare-pid",
    "--unshare-uts",
    "--unshare-cgroup-try",
  ];
}

function demotion(setpriv: string): readonly string[] {
  const id = String(unprivilegedUid);
  return [
    setpriv,
    `--reuid=${id}`,
    `--regid=${id}`,
    "--clear-groups",
    "--bounding-set=-all",
    "--inh-caps=-all",
    "--",
  ];
}

/** The folders above some paths, outermost first: bubblewrap would make them for its own user alone. */
function ancestors(paths: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const path of paths) {
    for (let at = dirname(path); at !== dirname(at); at = dirname(at)) found.add(at);
  }
  return [...found].toSorted();
}
