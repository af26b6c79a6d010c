import { join } from "node:path";
import { startChild, type Child } from "./child.ts";
import { closeInherited } from "./descriptors.ts";
import type { Launch } from "./launch.ts";
import { ownLaunch } from "./own-launch.ts";
import { findPrograms, type Programs } from "./programs.ts";
import { ownPackage } from "./readable.ts";

interface Place {
  readonly dist: string;
  readonly appFolder: string;
  readonly programs: Programs;
}

/** Starts the compiler's process before it is known what it is to do: it waits for that once it is up. */
export function launchCompiler(appFolder: string): Child {
  closeInherited();
  const place = { dist: ownPackage().dist, appFolder, programs: findPrograms() };
  return startChild(compilerLaunch(place), undefined);
}

export function compilerLaunch({ dist, appFolder, programs }: Place): Launch {
  return ownLaunch(join(dist, "worker", "compile", "compile-main.js"), appFolder, programs);
}
