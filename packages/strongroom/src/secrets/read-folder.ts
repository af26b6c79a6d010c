import { readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { ConfigProblem } from "../config/problem.ts";
import type { Json } from "../wire/schema.ts";

/** A folder in a folder in a folder: `connections/shop/password`. */
const maxDepth = 3;
const maxBytes = 1_000_000;

/**
 * Secrets as an orchestrator mounts them: a file is a value, a folder a section, and a section of one file is its value.
 * `[connections]` and `[auth]` stay sections. Links may lead to files below the folder only.
 */
export function readSecretFolder(folder: string): Readonly<Record<string, Json>> {
  return sectionOf({ root: realpathSync(folder), path: folder, depth: 1 });
}

interface Place {
  readonly root: string;
  readonly path: string;
  readonly depth: number;
}

function sectionOf({ root, path, depth }: Place): Record<string, Json> {
  const section: Record<string, Json> = {};
  for (const name of readdirSync(path).toSorted()) {
    // What begins with a dot is the orchestrator's own: the link of the day and where it leads.
    if (name.startsWith(".")) continue;
    const inner = { root, path: join(path, name), depth: depth + 1 };
    section[name] = valueOf(inner, depth === 1 && name !== "connections" && name !== "auth");
  }
  return section;
}

function valueOf(place: Place, mayCollapse: boolean): Json {
  const { root, path, depth } = place;
  const target = targetOf(path);
  if (target === undefined || !target.startsWith(`${root}${sep}`))
    throw new ConfigProblem(`${path}: expected a file in the folder; it is a link that leads out of it.`);
  const stat = statSync(target);
  if (stat.isFile()) return textOf(path, stat.size);
  if (!stat.isDirectory() || depth > maxDepth)
    throw new ConfigProblem(`${path}: expected a file, at most ${maxDepth} folders deep.`);
  const section = sectionOf(place);
  const values = Object.values(section);
  const [only] = values;
  return mayCollapse && values.length === 1 && typeof only === "string" ? only : section;
}

function targetOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined; // it leads nowhere
  }
}

/** Its text without the line's end that editors add. */
function textOf(path: string, size: number): string {
  if (size > maxBytes) throw new ConfigProblem(`${path}: at most ${maxBytes} bytes were expected.`);
  try {
    return readFileSync(path, "utf8").replace(/\r?\n$/, "");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new ConfigProblem(`${path} cannot be read: ${code}.`, { cause: error });
  }
}
