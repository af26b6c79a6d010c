import { existsSync, readFileSync } from "node:fs";
import { ConfigProblem } from "../config/problem.ts";
import { ageKeys, newAgeKey, openSealed, recipientsOf } from "../secrets/sealed.ts";
import { readArguments } from "./arguments.ts";
import { placesOf, writePrivate, writeSealed } from "./secrets-file.ts";

/** Makes a new key and seals the secrets for it; the old one opens nothing from here on. */
export async function secretsRotate(args: readonly string[]): Promise<number> {
  const { places, paths, recipients: configured } = placesOf(readArguments(args, { words: 1 }).words[0]);
  const { sealed, key } = paths;
  if (!existsSync(sealed)) throw new ConfigProblem(`${sealed} was not found: nothing is sealed here.`);
  const text = await openSealed(sealed, ageKeys(places));
  const before = existsSync(key) ? readFileSync(key, "utf8") : "";
  const old = before === "" ? [] : await recipientsOf(ageKeys({ ...places, ageKey: undefined }));
  const made = await newAgeKey();
  const others = configured.filter((one) => !old.includes(one));
  // Whatever ends this half-way, a key that opens the file is here.
  writePrivate(key, `${made.text}${before}`);
  await writeSealed(sealed, text, [...others, made.recipient]);
  writePrivate(key, made.text);
  console.log(`wrote ${key} and ${sealed}\nThe new key's recipient: ${made.recipient}`);
  if (configured.length > 0)
    console.log("Put it into secrets.recipients in .strongroom/config.toml, in place of the old one.");
  if (places.ageKey !== undefined)
    console.log("STRONGROOM_AGE_KEY holds an old key: give it what the key file holds now.");
  console.log("Who had the old key may have read the secrets: change those, too.");
  return 0;
}
