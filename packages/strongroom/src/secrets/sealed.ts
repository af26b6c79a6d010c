/** Files sealed to age recipients (age-encryption.org/v1): safe to commit, opened with a key. */
import { existsSync, readFileSync } from "node:fs";
import { ConfigProblem } from "../config/problem.ts";
import { checkExposure, type ExposureOf } from "./exposure.ts";
import { ageKeyFiles, type SecretPlaces } from "./sources.ts";

/** The environment variable that holds a key, or several, one a line. */
export const ageKeyVariable = "STRONGROOM_AGE_KEY";

export interface KeyPlaces extends SecretPlaces {
  readonly exposureOf: ExposureOf;
  /** What the variable holds. */
  readonly ageKey?: string | undefined;
  /** Of all sources only this one. */
  readonly only?: string;
}

/** The text of a sealed file. */
export async function openSealed(path: string, keys: readonly string[]): Promise<string> {
  if (keys.length === 0) {
    throw new ConfigProblem(
      `${path} is sealed, and there is no key to open it: expected .strongroom/age.key beside it (mode 600), or the key in the environment as ${ageKeyVariable}.`,
    );
  }
  const { Decrypter, armor } = await import("age-encryption"); // large, and rarely needed
  const sealed = readFileSync(path);
  const decrypter = new Decrypter();
  try {
    for (const key of keys) decrypter.addIdentity(key);
    const isArmored = sealed.subarray(0, 5).toString() === "-----";
    return await decrypter.decrypt(isArmored ? armor.decode(sealed.toString()) : sealed, "text");
  } catch {
    // Its error says nothing that helps, and may say what is not ours to print.
    throw new ConfigProblem(
      `${path} cannot be opened: it is sealed for other keys than those that are here, or it was changed since.`,
    );
  }
}

/** Seals a text: lines of letters, which repositories keep and compare well. */
export async function seal(text: string, recipients: readonly string[]): Promise<string> {
  const { Encrypter, armor } = await import("age-encryption");
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw new ConfigProblem(`secrets.recipients: "${recipient}" is not an age recipient.`);
    }
  }
  return armor.encode(await encrypter.encrypt(text));
}

/** A new key, as `age-keygen` writes it. */
export async function newAgeKey(): Promise<{ readonly recipient: string; readonly text: string }> {
  const { generateX25519Identity, identityToRecipient } = await import("age-encryption");
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  return {
    recipient,
    text: `# created: ${new Date().toISOString()}\n# public key: ${recipient}\n${identity}\n`,
  };
}

/** For whom a key opens what was sealed. */
export async function recipientsOf(keys: readonly string[]): Promise<readonly string[]> {
  const { identityToRecipient } = await import("age-encryption");
  return Promise.all(keys.map((key) => identityToRecipient(key)));
}

/** All keys that are here: from the environment, the app's file, the global one. */
export function ageKeys(places: KeyPlaces): readonly string[] {
  const { ageKey, exposureOf } = places;
  const found = ageKey === undefined || ageKey === "" ? [] : keysIn(ageKey, ageKeyVariable);
  for (const path of ageKeyFiles(places)) {
    if (!existsSync(path)) continue;
    checkExposure(path, exposureOf);
    found.push(...keysIn(readFileSync(path, "utf8"), path));
  }
  return [...new Set(found)];
}

function keysIn(text: string, place: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const keys = lines.filter((line) => line !== "" && !line.startsWith("#"));
  if (keys.every((key) => /^AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]+$/.test(key)) && keys.length > 0) return keys;
  throw new ConfigProblem(`${place}: expected an age key, AGE-SECRET-KEY-1…, on a line of its own.`);
}
