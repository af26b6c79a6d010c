import { join } from "node:path";
import { root } from "./paths.ts";
import { run as strongroom } from "./strongroom.ts";

/** Shows the example that a newcomer sees first. */
export function run(args: readonly string[]): Promise<number> {
  return strongroom(["run", join(root, "examples", "hello", "app.ts"), ...args], root);
}
