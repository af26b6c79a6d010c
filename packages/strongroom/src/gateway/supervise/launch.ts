import { existsSync, lstatSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { bubblewrapArguments, scratchFolder, type BubblewrapWay } from "./bubblewrap.ts";
import { workerEnvironment, workerFlags } from "./node-flags.ts";
import { tied, type Programs } from "./programs.ts";
import { appEntries, hiddenNames, packageFolders, type OwnPackage } from "./readable.ts";

/** How a process is started. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** The process that is started is bubblewrap: the program is in the cell that it makes. */
  readonly isCelled: boolean;
  /** A folder that is removed when the process has ended. */
  readonly scratch?: string;
  /** True once the app's folder holds other entries than those that this process was started with. */
  readonly isStale?: () => boolean;
}

export interface WorkerGround {
  readonly appFolder: string;
  readonly script: string;
  readonly stateFolder: string;
  readonly own: OwnPackage;
  readonly network: "none" | "host";
  readonly heapMb: number;
  readonly programs: Programs;
  /** What runs in it. Default: a worker. */
  readonly program?: "reader";
}

/** What a cell needs beside the app: found once. */
export interface CellParts {
  readonly bubblewrap: string;
  /** Drops root, where we are root. */
  readonly setpriv: string | undefined;
  /** Node itself and the libraries of all programs in the cell. */
  readonly programs: readonly string[];
}

/** What a host's network needs of its files. */
const networkFiles = ["/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/ssl/certs"];

export function buildFolder(stateFolder: string): string {
  return join(stateFolder, "build");
}

/** A worker with Node's permission model alone; it writes to a folder of its own. */
export function bareLaunch(ground: WorkerGround, number: number): Launch {
  const scratch = join(ground.stateFolder, `scratch-${process.pid}-${number}`);
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  const readable = [...readableOf(ground, appEntries(ground.appFolder)), scratch];
  const reach = { readable, writable: [scratch], heapMb: ground.heapMb };
  return {
    ...tied(ground.programs, process.execPath, [...workerFlags(reach), ...programOf(ground)]),
    folder: ground.appFolder,
    env: workerEnvironment(scratch),
    isCelled: false,
    scratch,
    isStale: staleAfter(() => appEntries(ground.appFolder)),
  };
}

/** A worker in a cell of bubblewrap. */
export function cellLaunch(ground: WorkerGround, parts: CellParts, way: BubblewrapWay): Launch {
  const { appFolder, stateFolder } = ground;
  const hidden = hiddenFolders(appFolder, way);
  const readable = readableOf(ground, hidden === undefined ? appEntries(appFolder) : [appFolder]);
  const build = buildFolder(stateFolder);
  const reach = { readable: [...readable, scratchFolder], writable: [scratchFolder], heapMb: ground.heapMb };
  const inner = [process.execPath, ...workerFlags(reach), ...programOf(ground)];
  const environment = Object.entries(workerEnvironment(scratchFolder));
  const cell = {
    way,
    setpriv: parts.setpriv,
    network: ground.network,
    folder: appFolder,
    environment,
    readable: [
      ...parts.programs,
      ...(ground.network === "host" ? networkFiles.filter((path) => existsSync(path)) : []),
      ...readable.filter((path) => path !== build),
    ],
    hidden: hidden ?? [],
    shownAgain: [build],
  };
  return {
    command: parts.bubblewrap,
    args: bubblewrapArguments(cell, inner),
    folder: "/",
    env: {},
    isCelled: true,
    isStale: staleAfter(() => hiddenFolders(appFolder, way) ?? appEntries(appFolder)),
  };
}

function staleAfter(look: () => readonly string[]): () => boolean {
  const before = look().join("\0");
  return () => {
    try {
      return look().join("\0") !== before;
    } catch {
      return false; // a folder that cannot be read now shows nothing new
    }
  };
}

/** The program, and before it all that an app's code asks of us: a spare that has it needs only the app's own files. */
function programOf({ own, program }: WorkerGround): readonly string[] {
  if (program === "reader") return [join(own.dist, "worker", "reader", "reader-main.js")];
  return [
    "--import",
    pathToFileURL(join(own.dist, "st.js")).href,
    join(own.dist, "worker", "worker-main.js"),
  ];
}

function readableOf(
  { appFolder, stateFolder, own }: WorkerGround,
  app: readonly string[],
): readonly string[] {
  const all = [
    ...app,
    ...packageFolders(appFolder),
    ...own.folders,
    own.dist,
    own.packageFile,
    buildFolder(stateFolder),
  ];
  return outermost(all);
}

/** Leaves out what lies below another of the paths. */
function outermost(paths: readonly string[]): readonly string[] {
  const all = new Set(paths);
  return [...all].filter((path) => {
    for (let at = dirname(path); at !== dirname(at); at = dirname(at)) if (all.has(at)) return false;
    return true;
  });
}

/**
 * Folders of the app to be covered, where the app's folder can be shown whole: then files that come later are seen too.
 * Nothing where it cannot, and must be shown entry by entry.
 */
function hiddenFolders(appFolder: string, way: BubblewrapWay): readonly string[] | undefined {
  const isOpen = (statSync(appFolder).mode & 0o005) === 0o005;
  if (way === "demoted" && !isOpen) return undefined;
  const hidden = hiddenNames.map((name) => join(appFolder, name)).filter((path) => existsSync(path));
  return hidden.every((path) => lstatSync(path).isDirectory()) ? hidden : undefined;
}
