import { withKey } from "../secrets/edit-toml.ts";
import { isTooPlain, plainWords } from "../secrets/forms.ts";
import { readArguments } from "./arguments.ts";
import { nameOf, readOwnSecrets, valueAsWord, writeOwnSecrets } from "./secrets-file.ts";
import { readSecretValue } from "./secret-value.ts";

/** Sets one secret; its value is read where nobody else can see it. */
export async function secretsSet(args: readonly string[]): Promise<number> {
  const [name, folder, ...values] = readArguments(args, { words: args.length }).words;
  const path = nameOf(name);
  if (values.length > 0) throw valueAsWord();
  const secrets = await readOwnSecrets(folder);
  const value = await readSecretValue(path.join("."));
  await writeOwnSecrets(secrets, withKey(secrets.text, path, value));
  console.log(`set ${path.join(".")} in ${secrets.path}`);
  if (isTooPlain(value)) console.error(plainWords([path.join(".")]));
  return 0;
}
