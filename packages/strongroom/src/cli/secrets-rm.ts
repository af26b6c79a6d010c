import { existsSync } from "node:fs";
import { ConfigProblem } from "../config/problem.ts";
import { withoutKey } from "../secrets/edit-toml.ts";
import { sealedEnding } from "../secrets/sources.ts";
import { readArguments } from "./arguments.ts";
import { nameOf, readOwnSecrets, writeOwnSecrets } from "./secrets-file.ts";

/** Takes one secret out. */
export async function secretsRm(args: readonly string[]): Promise<number> {
  const [name, folder] = readArguments(args, { words: 2 }).words;
  const path = nameOf(name);
  const secrets = await readOwnSecrets(folder);
  const text = withoutKey(secrets.text, path);
  if (text === undefined)
    throw new ConfigProblem(
      `${secrets.path} has no ${path.join(".")}. What there is: strongroom secrets list`,
    );
  await writeOwnSecrets(secrets, text);
  console.log(`took ${path.join(".")} out of ${secrets.path}`);
  const sealed = `${secrets.path}${sealedEnding}`;
  if (!secrets.isSealed && existsSync(sealed))
    console.log(`What ${sealed} has of it counts until you seal anew: strongroom secrets seal`);
  return 0;
}
