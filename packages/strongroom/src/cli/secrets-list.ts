import { readSecrets } from "../secrets/read-secrets.ts";
import { secretSources } from "../secrets/sources.ts";
import { readArguments } from "./arguments.ts";
import { placesOf } from "./secrets-file.ts";

/** Prints the names of all secrets and where each stands; never a value. */
export async function secretsList(args: readonly string[]): Promise<number> {
  const { places } = placesOf(readArguments(args, { words: 1 }).words[0]);
  const found = new Map<string, string>();
  const sources = secretSources(places);
  for (const { path } of sources) {
    const { forAuthors, connections, auth } = await readSecrets({ ...places, only: path });
    const all = { ...forAuthors, connections, auth };
    // A later source replaces whole entries; of connections, each by itself.
    for (const [name, value] of Object.entries(all)) {
      const tops =
        name === "connections" ? Object.keys(connections).map((one) => `connections.${one}`) : [name];
      const fresh = namesOf(value, name);
      for (const known of found.keys())
        if (fresh.length > 0 && tops.some((top) => known === top || known.startsWith(`${top}.`)))
          found.delete(known);
      for (const one of fresh) found.set(one, path);
    }
  }
  if (found.size === 0) {
    console.log(
      `There are no secrets. Searched:\n${sources.map(({ path }) => `  ${path}`).join("\n")}\nTo set one: strongroom secrets set NAME`,
    );
    return 0;
  }
  const width = Math.max(...Array.from(found.keys(), (name) => name.length));
  for (const [name, path] of found) console.log(`${name.padEnd(width)}  ${path}`);
  return 0;
}

function namesOf(value: unknown, name: string): readonly string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [name];
  return Object.entries(value).flatMap(([key, item]) => namesOf(item, `${name}.${key}`));
}
