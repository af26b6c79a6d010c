import { oxfmt } from "./run/oxc.ts";

/** Writes every file in the one form that `check` accepts. */
export async function run(args: readonly string[] = []): Promise<number> {
  const { code, output } = await oxfmt(args.length === 0 ? ["."] : args);
  if (output !== "") console.error(output);
  return code;
}
