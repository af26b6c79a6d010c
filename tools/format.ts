import { completeLockfile } from "./check/lockfile.ts";
import { oxfmt } from "./run/oxc.ts";

/** Writes every file in the one form that `check` accepts. */
export async function run(args: readonly string[] = []): Promise<number> {
  completeLockfile();
  const { code, output } = await oxfmt(args.length === 0 ? ["."] : args);
  if (code !== 0) console.error(output);
  return code;
}
