import { createHmac, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { secretTexts } from "../../secrets/forms.ts";
import { s } from "../../wire/s.ts";
import { decodeText, type Json } from "../../wire/schema.ts";
import { readOrMakeKey } from "../store/key-file.ts";
import { Sealer } from "../store/seal.ts";

/** Names of all that was given to workers at once, by the stamp of it. */
type Sets = Readonly<Record<string, readonly string[]>>;

/** So many sets are remembered; whatever was kept with an older one begins anew. */
const maxSets = 30;
const maxMembers = 10_000;
const maxFileChars = 10_000_000;
const name = s.string({ maxLength: 43 });
const setsSchema = s.record(s.array(name, { max: maxMembers }), { maxKeys: maxSets, maxKeyLength: 43 });

/**
 * Names what workers are given as secrets, so that what was made of others and kept on disk is told from what was made
 * of these: nobody would know to hide the others. Of which secrets an earlier process had it is remembered, so that one
 * more secret does not make all that was kept unknown. The names are keyed: a secret cannot be guessed by one.
 */
export class SecretStamps {
  readonly #folder: string;
  readonly #key: Buffer;
  readonly #sealer: Sealer;
  /** Names of all secrets that this process has hidden. */
  readonly #hidden = new Set<string>();
  #sets: Sets | undefined;

  constructor(stateFolder: string) {
    this.#folder = stateFolder;
    this.#key = keyIn(stateFolder);
    this.#sealer = new Sealer(this.#key);
  }

  /** The stamps that count once workers have these: theirs first, then those of which all is hidden here. */
  add(secrets: Readonly<Record<string, unknown>>): readonly string[] {
    this.#sets ??= this.#read();
    // What was read from files is plain data.
    const texts = secretTexts(secrets as Json).map(({ text }) => text);
    const members = [...new Set(texts)].map((text) => this.#name(`secret\0${text}`)).slice(0, maxMembers);
    for (const member of members) this.#hidden.add(member);
    const stamp = this.#name(`secrets\0${JSON.stringify(secrets)}`);
    const isEmpty = Object.keys(secrets).length === 0;
    if (!isEmpty && this.#sets[stamp] === undefined) this.#remember(stamp, members);
    const known = Object.entries(this.#sets).filter(([, all]) => all.every((one) => this.#hidden.has(one)));
    const others = known.map(([one]) => one).filter((one) => one !== stamp);
    return isEmpty ? others : [stamp, ...others];
  }

  #name(text: string): string {
    return createHmac("sha256", this.#key).update(text).digest("base64url");
  }

  #remember(stamp: string, members: readonly string[]): void {
    const kept = Object.entries(this.#sets ?? {}).slice(0, maxSets - 1);
    this.#sets = Object.fromEntries([[stamp, members], ...kept]);
    const next = join(this.#folder, `secret-sets.${process.pid}.new`);
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      const text = Buffer.from(JSON.stringify(this.#sets));
      writeFileSync(next, this.#sealer.seal("secret-sets", text), { mode: 0o600 });
      renameSync(next, join(this.#folder, "secret-sets"));
    } catch {
      // What cannot be written is not remembered: sessions begin anew where secrets have changed.
    }
  }

  #read(): Sets {
    try {
      const sealed = readFileSync(join(this.#folder, "secret-sets"));
      const decoded = decodeText(
        setsSchema,
        this.#sealer.open("secret-sets", sealed).toString(),
        maxFileChars,
      );
      return decoded.ok ? decoded.value : {};
    } catch {
      return {}; // there is none, or it is not ours
    }
  }
}

function keyIn(stateFolder: string): Buffer {
  try {
    return readOrMakeKey(join(stateFolder, "key"));
  } catch {
    return randomBytes(32); // without the key nothing that was kept can be opened: the store says so
  }
}
