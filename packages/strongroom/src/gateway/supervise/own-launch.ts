import { childEnvironment, ownFlags } from "./node-flags.ts";
import type { Launch } from "./launch.ts";

/** One of our own processes: `main` is its file. */
export function ownLaunch(main: string, folder: string): Launch {
  return {
    command: process.execPath,
    args: [...ownFlags, main],
    folder,
    env: childEnvironment(),
    saysPid: false,
  };
}
