import { join } from "node:path";
import { frame } from "../../wire/frames.ts";
import { startChild, type Child } from "./child.ts";
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
  const place = { dist: ownPackage().dist, appFolder, programs: findPrograms() };
  return startChild(compilerLaunch(place), undefined);
}

/** What it is to build, once that is known: real paths. */
export interface BuildOrder {
  readonly appFolder: string;
  readonly script: string;
  readonly stateFolder: string;
  readonly watch: boolean;
  readonly poll: boolean;
}

export function orderFrame({ appFolder, script, stateFolder, watch, poll }: BuildOrder): Buffer {
  return frame(Buffer.from(JSON.stringify({ build: { appFolder, script, stateFolder, watch, poll } })));
}

export function compilerLaunch({ dist, appFolder, programs }: Place): Launch {
  return ownLaunch(join(dist, "start", "compile-main.js"), appFolder, programs);
}
