import { join } from "node:path";
import { root } from "../paths.ts";
import { capture, type Captured } from "./capture.ts";

/** Runs the TypeScript compiler of this repository. */
export function tsc(args: readonly string[]): Promise<Captured> {
  return capture(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), ...args]);
}
