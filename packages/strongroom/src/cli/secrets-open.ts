import { existsSync } from "node:fs";
import { ConfigProblem } from "../config/problem.ts";
import { ageKeys, openSealed } from "../secrets/sealed.ts";
import { readArguments } from "./arguments.ts";
import { placesOf, writeOwnSecrets } from "./secrets-file.ts";

/** Opens the sealed secrets for editing. */
export async function secretsOpen(args: readonly string[]): Promise<number> {
  const { places, paths, recipients } = placesOf(readArguments(args, { words: 1 }).words[0]);
  const { plain, sealed } = paths;
  if (!existsSync(sealed)) throw new ConfigProblem(`${sealed} was not found: nothing is sealed here.`);
  if (existsSync(plain))
    throw new ConfigProblem(
      `${plain} is there already, and would be lost. Seal it (strongroom secrets seal) or move it away.`,
    );
  const text = await openSealed(sealed, ageKeys(places));
  await writeOwnSecrets({ path: plain, isSealed: false, text, places, recipients }, text);
  console.log(`wrote ${plain}; when you have changed it: strongroom secrets seal`);
  return 0;
}
