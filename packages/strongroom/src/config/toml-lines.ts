/** Where keys stand in a TOML text: parsers tell values, not places. */

const header = /^\s*\[\[?\s*([^\]#]+?)\s*\]\]?\s*(?:#.*)?$/;
const assignment =
  /^\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=/;
const part = /"([^"]*)"|'([^']*)'|([^\s."']+)/g;

/** The line, from 1, of a key or a section; of what it stands in where it has none of its own. */
export function lineOfKey(text: string, path: readonly string[]): number | undefined {
  let section: readonly string[] = [];
  let best: number | undefined;
  let depth = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const title = header.exec(line)?.[1];
    const key = title === undefined ? assignment.exec(line)?.[1] : undefined;
    if (title !== undefined) section = partsOf(title);
    else if (key === undefined) continue;
    const here = [...section, ...partsOf(key ?? "")];
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
