import { readFileSync } from "node:fs";

let known: ReadonlyMap<string, string> | undefined;

/** The emoji of a shortcode, as GitHub names them: `tada`. */
export function emojiNamed(name: string): string | undefined {
  known ??= read();
  return known.get(name);
}

/** The table is made by the build, of the package gemoji; the path is the same from `src` and from `dist`. */
function read(): ReadonlyMap<string, string> {
  try {
    // Our own file, written by our own build: names and characters.
    const names = JSON.parse(
      readFileSync(new URL("../../dist/emoji.json", import.meta.url), "utf8"),
    ) as Record<string, string>;
    return new Map(Object.entries(names));
  } catch {
    // Without the table a shortcode stays the text that the author wrote.
    return new Map();
  }
}
