/** The file of an app's own secrets as commands read and write it: plain, or sealed where only that is there. */
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { loadConfig } from "../config/load.ts";
import { ConfigProblem } from "../config/problem.ts";
import { tomlFile } from "../config/toml-file.ts";
import { checkExposure } from "../secrets/exposure.ts";
import {
  ageKeyVariable,
  ageKeys,
  newAgeKey,
  openSealed,
  recipientsOf,
  seal,
  type KeyPlaces,
} from "../secrets/sealed.ts";
import { ownSecretFile, sealedEnding } from "../secrets/sources.ts";
import { gitExposure } from "./git-exposure.ts";

export interface OwnSecrets {
  readonly path: string;
  readonly isSealed: boolean;
  /** Checked to be TOML; empty where there is no file yet. */
  readonly text: string;
  readonly places: KeyPlaces;
  readonly recipients: readonly string[];
}

/** The files of an app's secrets. */
export interface SecretPaths {
  readonly plain: string;
  readonly sealed: string;
  readonly key: string;
}

/** What commands about secrets are told of an app: its folder, as a word; the one they are in without it. */
export function placesOf(word: string = "."): {
  places: KeyPlaces;
  paths: SecretPaths;
  recipients: readonly string[];
} {
  const path = resolve(word);
  const folder = /\.[mc]?[tj]s$/.test(path) ? dirname(path) : path;
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw valueAsWord();
  const appFolder = realpathSync(folder);
  const home = homedir();
  const { config } = loadConfig({ appFolder, home, environment: process.env, flags: new Map() });
  const plain = ownSecretFile(appFolder);
  return {
    places: {
      appFolder,
      home,
      files: config.secrets.files,
      exposureOf: gitExposure,
      ageKey: process.env[ageKeyVariable],
    },
    paths: { plain, sealed: `${plain}${sealedEnding}`, key: join(dirname(plain), "age.key") },
    recipients: config.secrets.recipients,
  };
}

/** Not the word itself: it may be a value that somebody meant to set. */
export function valueAsWord(): ConfigProblem {
  return new ConfigProblem(
    "The last word was expected to be the folder of an app. A value is never a word of the command: other users of this machine " +
      "can read command lines, and shells keep them. It is asked for, or read from a pipe.",
  );
}

/** Reads the file that a change would be made to. */
export async function readOwnSecrets(word: string | undefined): Promise<OwnSecrets> {
  const { places, paths, recipients } = placesOf(word);
  const isSealed = !existsSync(paths.plain) && existsSync(paths.sealed);
  const path = isSealed ? paths.sealed : paths.plain;
  let text = "";
  if (isSealed) text = await openSealed(path, ageKeys(places));
  else if (existsSync(path)) {
    checkExposure(path, gitExposure);
    text = readFileSync(path, "utf8");
  }
  tomlFile(path, text); // names the line that is no TOML
  return { path, isSealed, text, places, recipients };
}

/** Writes it back in the form that it had. */
export async function writeOwnSecrets(secrets: OwnSecrets, text: string): Promise<void> {
  const { path, isSealed, places, recipients } = secrets;
  if (isSealed) return writeSealed(path, text, await recipientsFor(places, recipients));
  writePrivate(path, text);
  ignore(path);
}

/** For whom to seal: those of the configuration, or the keys that are here. */
export async function recipientsFor(
  places: KeyPlaces,
  configured: readonly string[],
): Promise<readonly string[]> {
  return configured.length > 0 ? configured : recipientsOf(ageKeys(places));
}

export async function writeSealed(path: string, text: string, recipients: readonly string[]): Promise<void> {
  replaceFile(path, await seal(text, recipients), 0o644);
}

/** Makes a key where there is none; answers for whom it opens. */
export async function makeKey(path: string): Promise<string> {
  const { text, recipient } = await newAgeKey();
  writePrivate(path, text);
  ignore(path);
  return recipient;
}

/** Writes a file that only its owner can read, all of it or nothing. */
export function writePrivate(path: string, text: string): void {
  replaceFile(path, text, 0o600);
}

function replaceFile(given: string, text: string, mode: number): void {
  mkdirSync(dirname(given), { recursive: true });
  const path = existsSync(given) ? realpathSync(given) : given;
  const next = `${path}.${process.pid}.new`;
  const file = openSync(next, "wx", mode);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    chmodSync(next, mode); // whatever the umask has left of it
    renameSync(next, path);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

/** Keeps a file out of the repository that it stands in. */
function ignore(path: string): void {
  if (gitExposure(path) !== "not-ignored") return;
  const file = join(dirname(path), ".gitignore");
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  const name = path.slice(dirname(path).length + 1);
  writeFileSync(file, `${before}${before === "" || before.endsWith("\n") ? "" : "\n"}${name}\n`);
  console.log(`added ${name} to ${file}`);
}

/** `mail.password` → `["mail", "password"]`. */
export function nameOf(word: string | undefined): readonly string[] {
  const path = (word ?? "").split(".");
  if (path.every((part) => /^[A-Za-z0-9_-]{1,200}$/.test(part))) return path;
  // The word is not told: who writes NAME=value has put a secret into it.
  throw new ConfigProblem(
    "A name of letters, digits, - and _ was expected, with its section before it where it has one: mail.password. " +
      "The value is asked for, or read from a pipe: it is never a word of the command.",
  );
}
