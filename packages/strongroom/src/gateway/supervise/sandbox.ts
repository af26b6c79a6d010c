import { statSync } from "node:fs";
import { join } from "node:path";
import type { BubblewrapWay } from "./bubblewrap.ts";
import { bareLaunch, cellLaunch, type CellParts, type Launch, type WorkerGround } from "./launch.ts";
import { PoolRefused } from "./pool-types.ts";
import { sharedObjects } from "./shared-objects.ts";

/** One way to start workers. */
export interface Sandbox {
  /** One line for people: what stands between the author's code and the machine. */
  readonly line: string;
  /** True where the system itself holds the walls: then links out of the app's folder lead nowhere. */
  readonly isWalled: boolean;
  /** `number` tells workers of this process apart; another ground is for something else that runs there. */
  readonly launch: (number: number, ground?: WorkerGround) => Launch;
}

export type SandboxChoice = "auto" | "bubblewrap" | "none";

const lines: Readonly<Record<BubblewrapWay, string>> = {
  user: "bubblewrap + Node permissions",
  demoted: "bubblewrap + Node permissions",
  root: "bubblewrap (as root, without /proc) + Node permissions: make the app readable to others, or run as an ordinary user",
};

/** The ways that may work on this machine, strongest first: the first that starts a worker is taken. */
export async function sandboxes(choice: SandboxChoice, ground: WorkerGround): Promise<readonly Sandbox[]> {
  if (choice === "none") return [bare(ground, 'Node permissions only: sandbox = "none" under [runner]')];
  const { bubblewrap, setpriv } = ground.programs;
  if (bubblewrap === undefined) {
    if (choice === "bubblewrap") throw missing();
    const how =
      process.platform === "linux"
        ? "install bubblewrap to shut the author's code in"
        : "bubblewrap is for Linux alone";
    return [bare(ground, `Node permissions only: ${how}`)];
  }
  const isRoot = process.getuid?.() === 0;
  const parts = await cellParts(bubblewrap, isRoot ? setpriv : undefined);
  const ways: readonly BubblewrapWay[] = isRoot ? rootWays(ground, setpriv) : ["user"];
  const walled = ways.map((way) => {
    const launch: Sandbox["launch"] = (_, other = ground) => cellLaunch(other, parts, way);
    return { line: lines[way], isWalled: true, launch };
  });
  if (choice === "bubblewrap") return walled;
  return [
    ...walled,
    bare(ground, "Node permissions only: bubblewrap is installed but cannot make a sandbox here"),
  ];
}

function bare(ground: WorkerGround, line: string): Sandbox {
  return { line, isWalled: false, launch: (number, other = ground) => bareLaunch(other, number) };
}

function missing(): PoolRefused {
  return new PoolRefused(
    'No sandbox can be made, and sandbox = "bubblewrap" under [runner] demands one. ' +
      'Install bubblewrap (apt install bubblewrap), or set sandbox = "auto" to run with Node permissions only.',
  );
}

/** Another user can stand in for root only if it can read the app, and what the compiler writes. */
function rootWays({ script, own }: WorkerGround, setpriv: string | undefined): readonly BubblewrapWay[] {
  const needed = [process.execPath, own.packageFile, join(own.dist, "worker", "worker-main.js"), script];
  const canRead = needed.every((path) => {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode;
    return mode === undefined || (mode & 0o004) !== 0;
  });
  const writesReadable = (process.umask() & 0o005) === 0;
  return setpriv !== undefined && canRead && writesReadable ? ["demoted", "root"] : ["root"];
}

async function cellParts(bubblewrap: string, setpriv: string | undefined): Promise<CellParts> {
  const programs = [process.execPath, ...(setpriv === undefined ? [] : [setpriv])];
  const libraries = await Promise.all(programs.map(sharedObjects));
  return { bubblewrap, setpriv, programs: [...new Set([...programs, ...libraries.flat()])] };
}
