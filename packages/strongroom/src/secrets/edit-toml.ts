/** Changes one key of a TOML text, and leaves all else as people wrote it: order, spaces, comments. */
import { isDeepStrictEqual } from "node:util";
import { parse } from "smol-toml";
import { ConfigProblem } from "../config/problem.ts";
import { tomlLines, type TomlLine } from "../config/toml-lines.ts";

type Table = Record<string, unknown>;

const bareKey = /^[A-Za-z0-9_-]+$/;
/** `key = value # why`, on one line. */
const oneLine = /^(\s*[^=]+?\s*=\s*)("(?:[^"\\]|\\.)*"|'[^']*'|[^"'#[{\s][^#]*?)(\s*#.*)?\s*$/;

/** The text with a key set: `path` names its sections and itself. */
export function withKey(text: string, path: readonly string[], value: string): string {
  const wanted = tableOf(text);
  put(wanted, path, value);
  const written = basicString(value);
  return checked(replaced(text, path, written) ?? added(text, path, written), wanted, path);
}

/** The text without a key, or nothing where it has no such key. */
export function withoutKey(text: string, path: readonly string[]): string | undefined {
  const wanted = tableOf(text);
  const section = path.slice(0, -1).reduce<unknown>((at, name) => inner(at, name), wanted);
  const name = path.at(-1) ?? "";
  if (!isTable(section) || !Object.hasOwn(section, name)) return undefined;
  delete section[name];
  const lines = text.split("\n");
  const place = keyLine(text, path);
  if (place === undefined) throw byHand(path);
  lines.splice(place.index, endOfValue(lines, place.index) - place.index);
  return checked(lines.join("\n"), wanted, path);
}

function replaced(text: string, path: readonly string[], written: string): string | undefined {
  const place = keyLine(text, path);
  if (place === undefined) return undefined;
  const lines = text.split("\n");
  const line = lines[place.index] ?? "";
  const end = endOfValue(lines, place.index);
  const [, before, , comment = ""] = (end === place.index + 1 ? oneLine.exec(line) : null) ?? [];
  const start = before ?? line.slice(0, line.indexOf("=") + 1).concat(" ");
  lines.splice(place.index, end - place.index, `${start}${written}${comment}`);
  return lines.join("\n");
}

/** At the end of its section, which is begun where there is none. */
function added(text: string, path: readonly string[], written: string): string {
  const lines = text.split("\n");
  const section = path.slice(0, -1);
  const line = `${keyOf(path.slice(-1))} = ${written}`;
  const all = tomlLines(text);
  const head = all.find(({ kind, path: here }) => kind === "section" && isDeepStrictEqual(here, section));
  if (head === undefined && section.length > 0)
    return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${text === "" ? "" : "\n"}[${keyOf(section)}]\n${line}\n`;
  const from = head?.index ?? -1;
  const next = all.find(({ kind, index }) => kind === "section" && index > from)?.index ?? lines.length;
  // Blank lines and comments before the next section are that one's.
  let end = next;
  while (end > from + 1 && /^\s*(#.*)?$/.test(lines[end - 1] ?? "")) end--;
  if (end === 0) end = commentsAtTop(lines, next);
  lines.splice(end, 0, line, ...(next < lines.length && head === undefined && end === next ? [""] : []));
  const result = lines.join("\n");
  return result.endsWith("\n") ? result : `${result}\n`;
}

/** A file that has no key above its sections may begin with what it is about. */
function commentsAtTop(lines: readonly string[], next: number): number {
  const blank = lines.findIndex((line, index) => index < next && line.trim() === "");
  return blank < 0 ? (next < lines.length ? 0 : next) : blank;
}

function keyLine(text: string, path: readonly string[]): TomlLine | undefined {
  return tomlLines(text).find(({ kind, path: here }) => kind === "key" && isDeepStrictEqual(here, path));
}

/** The line after a value: texts and lists may take several. */
function endOfValue(lines: readonly string[], start: number): number {
  const first = lines[start] ?? "";
  for (let end = start + 1; end <= lines.length; end++) {
    const value = [`x ${first.slice(first.indexOf("="))}`, ...lines.slice(start + 1, end)].join("\n");
    if (isToml(value)) return end;
  }
  return start + 1;
}

function isToml(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false; // it goes on in the next line
  }
}

function tableOf(text: string): Table {
  try {
    return parse(text) as Table; // a document is a table
  } catch {
    throw new ConfigProblem("The file is not TOML."); // the parser's own message quotes the line
  }
}

function put(table: Table, path: readonly string[], value: string): void {
  let at = table;
  for (const name of path.slice(0, -1)) {
    const next = Object.hasOwn(at, name) ? at[name] : (at[name] = {});
    if (!isTable(next)) throw byHand(path);
    at = next;
  }
  at[path.at(-1) ?? ""] = value;
}

function inner(at: unknown, name: string): unknown {
  return isTable(at) && Object.hasOwn(at, name) ? at[name] : undefined;
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** A change that means something else than was asked for is not written. */
function checked(text: string, wanted: Table, path: readonly string[]): string {
  let table: unknown;
  try {
    table = parse(text);
  } catch {
    throw byHand(path); // its own message may quote a secret
  }
  if (!isDeepStrictEqual(plain(table), plain(wanted))) throw byHand(path);
  return text;
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function byHand(path: readonly string[]): ConfigProblem {
  return new ConfigProblem(`${path.join(".")} stands in a way that only a person can change: open the file.`);
}

function keyOf(path: readonly string[]): string {
  return path.map((name) => (bareKey.test(name) ? name : JSON.stringify(name))).join(".");
}

/** TOML's basic strings are JSON's, with one sign more that must be escaped. */
function basicString(value: string): string {
  if (!value.isWellFormed()) throw new ConfigProblem("The value is no text: half of a character was found.");
  return JSON.stringify(value).replaceAll("\u007f", String.raw`\u007f`);
}
