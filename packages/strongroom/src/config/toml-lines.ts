/** Where keys stand in a TOML text: parsers tell values, not places. */

const header = /^\s*\[\[?\s*([^\]#]+?)\s*\]\]?\s*(?:#.*)?$/;
const assignment =
  /^\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=/;
const part = /"([^"]*)"|'([^']*)'|([^\s."']+)/g;

/** A line that begins a section or sets a key, and what it names. */
export interface TomlLine {
  /** From 0. */
  readonly index: number;
  readonly path: readonly string[];
  readonly kind: "section" | "key";
}

/** Every such line; also one that only looks so, within a text of many lines. */
export function tomlLines(text: string): readonly TomlLine[] {
  let section: readonly string[] = [];
  const found: TomlLine[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const title = header.exec(line)?.[1];
    const key = title === undefined ? assignment.exec(line)?.[1] : undefined;
    if (title !== undefined) section = partsOf(title);
    else if (key === undefined) continue;
    const path = [...section, ...partsOf(key ?? "")];
    found.push({ index, path, kind: title === undefined ? "key" : "section" });
  }
  return found;
}

/** The line, from 1, of a key or a section; of what it stands in where it has none of its own. */
export function lineOfKey(text: string, path: readonly string[]): number | undefined {
  let best: number | undefined;
  let depth = 0;
  for (const { index, path: here } of tomlLines(text)) {
    if (here.length <= depth || here.length > path.length || !here.every((name, at) => name === path[at]))
      continue;
    depth = here.length;
    best = index + 1;
  }
  return best;
}

function partsOf(text: string): readonly string[] {
  return [...text.matchAll(part)].map(([, double, single, bare]) => double ?? single ?? bare ?? "");
}
