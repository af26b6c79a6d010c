import { realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ConfigProblem } from "../config/problem.ts";

/** The app that a command is about. */
export interface AppTarget {
  readonly folder: string;
  /** The first page. */
  readonly script: string;
}

/** The app of a path: a script, or a folder with an `app.ts`. */
export function appTarget(word: string = "app.ts"): AppTarget {
  const path = resolve(word);
  const script =
    statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? join(path, "app.ts") : path;
  if (statSync(script, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new ConfigProblem(
      `${script} was not found. Name the script of your app: strongroom run path/to/app.ts\nTo make a new one: strongroom init`,
    );
  }
  if (!/\.(ts|mts|js|mjs)$/.test(script))
    throw new ConfigProblem(`${script}: a script that ends in .ts was expected.`);
  // One name for each file: stacks and the compiler tell real paths.
  const real = realpathSync(script);
  return { folder: dirname(real), script: real };
}
