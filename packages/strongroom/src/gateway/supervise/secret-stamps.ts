import { createHmac, randomBytes } from "node:crypto";
import { join } from "node:path";
import { readOrMakeKey } from "../store/key-file.ts";

/**
 * Names what workers are given as secrets, so that what was made of others and kept on disk is told from what was made
 * of these: nobody would know to hide the others. The names are keyed: a secret cannot be guessed by one.
 */
export class SecretStamps {
  readonly #key: Buffer;
  /** Of all that this process has hidden, the newest first. */
  #known: readonly string[] = [];

  constructor(stateFolder: string) {
    this.#key = keyIn(stateFolder);
  }

  /** The stamps that count once workers have these. */
  add(secrets: Readonly<Record<string, unknown>>): readonly string[] {
    if (Object.keys(secrets).length === 0) return this.#known;
    const text = `secrets\0${JSON.stringify(secrets)}`;
    const stamp = createHmac("sha256", this.#key).update(text).digest("base64url");
    return (this.#known = [stamp, ...this.#known.filter((known) => known !== stamp)]);
  }
}

function keyIn(stateFolder: string): Buffer {
  try {
    return readOrMakeKey(join(stateFolder, "key"));
  } catch {
    return randomBytes(32); // without the key nothing that was kept can be opened: the store says so
  }
}
