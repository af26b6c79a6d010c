import { launchCompiler } from "../gateway/supervise/compiler-process.ts";
import { closeInherited } from "../gateway/supervise/descriptors.ts";
import { appTarget } from "./app-target.ts";
import { readArguments } from "./arguments.ts";
import { configFlags, configSwitches, flagValues } from "./config-flags.ts";
import { developerFlags, readDeveloper } from "./developer.ts";
import { startSmallHeap } from "./heap.ts";
import { stateFolderOf } from "./state-folder.ts";
import { lastBuild } from "../worker/compile/last-build.ts";

/** Serves an app until it is told to stop. What is waited for longest is begun first: the compiler, where something has changed, comes up while we load the rest. */
export async function run(args: readonly string[]): Promise<number> {
  closeInherited();
  startSmallHeap();
  const values = [...configFlags, ...developerFlags];
  const given = readArguments(args, { words: 1, values, switches: configSwitches });
  const developer = readDeveloper(given);
  const optionsGiven = new Map([...given.values].filter(([flag]) => configFlags.includes(flag)));
  const flags = flagValues({ ...given, values: optionsGiven });
  const target = appTarget(given.words[0]);
  const { folder: appFolder, script } = target;
  const last = lastBuild({ appFolder, script, stateFolder: stateFolderOf(appFolder) });
  const compiler = last === undefined ? launchCompiler(appFolder) : undefined;
  try {
    const { serveApp } = await import("./serve-app.ts");
    await serveApp({ flags, developer, compiler, lastBuild: last }, target);
  } finally {
    compiler?.kill();
  }
  return 0;
}
