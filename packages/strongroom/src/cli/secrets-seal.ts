import { existsSync, readFileSync, rmSync } from "node:fs";
import { ConfigProblem } from "../config/problem.ts";
import { tomlFile } from "../config/toml-file.ts";
import { ageKeys, openSealed } from "../secrets/sealed.ts";
import { readArguments } from "./arguments.ts";
import { makeKey, placesOf, recipientsFor, writeSealed } from "./secrets-file.ts";

/** Seals the secrets: what is written is safe to commit. */
export async function secretsSeal(args: readonly string[]): Promise<number> {
  const given = readArguments(args, { words: 1, switches: ["keep"] });
  const { places, paths, recipients: configured } = placesOf(given.words[0]);
  const { plain, sealed, key } = paths;
  if (!existsSync(plain)) throw new ConfigProblem(`${plain} was not found: there is nothing to seal.`);
  const text = readFileSync(plain, "utf8");
  tomlFile(plain, text);
  if (configured.length === 0 && ageKeys(places).length === 0) {
    await makeKey(key);
    console.log(`made  ${key}: keep a copy where only you can read it; without it nothing can be opened`);
  }
  const recipients = await recipientsFor(places, configured);
  await writeSealed(sealed, text, recipients);
  console.log(`wrote ${sealed}, for\n${recipients.map((one) => `  ${one}`).join("\n")}`);
  if (given.switches.has("keep")) return 0;
  if (await opensAgain(sealed, text, ageKeys(places))) {
    rmSync(plain);
    console.log(`took  ${plain} away; to have it again: strongroom secrets open`);
  } else console.log(`kept  ${plain}: none of the keys that are here opens what was sealed`);
  return 0;
}

/** True where what was sealed can be had again with what is here. */
async function opensAgain(path: string, text: string, keys: readonly string[]): Promise<boolean> {
  if (keys.length === 0) return false;
  try {
    return (await openSealed(path, keys)) === text;
  } catch (error) {
    if (error instanceof ConfigProblem) return false; // sealed for others only
    throw error;
  }
}
