import { childEnvironment, ownFlags } from "./node-flags.ts";
import type { Launch } from "./launch.ts";
import { tied, type Programs } from "./programs.ts";

/** One of our own processes: `main` is its file. */
export function ownLaunch(main: string, folder: string, programs: Programs): Launch {
  return {
    ...tied(programs, process.execPath, [...ownFlags, main]),
    folder,
    env: childEnvironment(),
    isCelled: false,
  };
}
