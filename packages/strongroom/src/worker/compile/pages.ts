import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { Problem } from "./problem.ts";

/** One page of the app, and the file that holds its script. */
export interface PageFile {
  readonly file: string;
  readonly path: string;
  readonly title: string;
  readonly icon: string;
}

export type FoundPages =
  | { readonly ok: true; readonly pages: readonly PageFile[] }
  | { readonly ok: false; readonly problem: Problem };

const scriptName = /\.(ts|mts|js|mjs)$/;
const notAPage = /^[._]|\.d\.m?ts$|\.(test|spec)\.m?[tj]s$/;
const leadingEmoji =
  /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2})(?:[\u{FE0F}\u{200D}]|\p{Extended_Pictographic}|\p{Emoji_Modifier})*/u;
/** Paths that the gateway answers itself. */
const reserved: ReadonlySet<string> = new Set(["healthz"]);

/** The pages of an app: its script, then those of the folder `pages`, in the order of their numbers and names. */
export function findPages(appFolder: string, script: string): FoundPages {
  if (!isFile(script)) {
    const text = `${basename(script)} was not found in ${appFolder}. Create it, or let \`strongroom init\` write a first one.`;
    return { ok: false, problem: { text } };
  }
  const first: PageFile = { file: script, path: "", ...firstTitle(basename(script)) };
  const names = namesIn(join(appFolder, "pages"));
  const pages = [first, ...names.map((name) => pageOf(join(appFolder, "pages", name)))];
  const problem = pathProblem(pages);
  return problem === undefined ? { ok: true, pages } : { ok: false, problem };
}

function pathProblem(pages: readonly PageFile[]): Problem | undefined {
  const taken = new Map<string, string>();
  for (const { file, path } of pages) {
    const name = `pages/${basename(file)}`;
    if (reserved.has(path))
      return { text: `${name} cannot be a page: the server itself answers /${path}. Rename the file.` };
    const other = taken.get(path);
    if (other !== undefined)
      return { text: `${other} and ${name} would both be the page /${path}. Rename one of the two.` };
    taken.set(path, name);
  }
  return undefined;
}

function firstTitle(name: string): { title: string; icon: string } {
  const { title, icon } = titleOf(name);
  return { title: ["App", "Index", "Main"].includes(title) ? "Home" : title, icon };
}

function pageOf(file: string): PageFile {
  const name = basename(file);
  return { file, path: pathOf(name), ...titleOf(name) };
}

/** A file's name without its number, its icon and its extension. */
function partsOf(name: string): { icon: string; rest: string } {
  const stem = basename(name, extname(name)).normalize("NFC");
  const unnumbered = stem.replace(/^\d+[\s_.-]*(?=.)/u, "");
  const icon = leadingEmoji.exec(unnumbered)?.[0] ?? "";
  return { icon, rest: unnumbered.slice(icon.length).replace(/^[\s_.-]+/u, "") };
}

function titleOf(name: string): { title: string; icon: string } {
  const { icon, rest } = partsOf(name);
  const words = rest.replaceAll(/[_-]+/g, " ").trim();
  return { title: words === "" ? "Page" : words.slice(0, 1).toUpperCase() + words.slice(1), icon };
}

/** What stands in the URL: small latin letters, digits, `-` and `_`. */
function pathOf(name: string): string {
  const { rest } = partsOf(name);
  const path = rest
    .normalize("NFKD")
    .replaceAll(/\p{Mark}/gu, "")
    .replaceAll("ß", "ss")
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, "-")
    .replaceAll(/^[-_]+|[-_]+$/g, "")
    .slice(0, 100);
  // A name in another script keeps its title; its path must be stable when pages come and go.
  return path === "" ? `page-${createHash("sha256").update(name).digest("hex").slice(0, 6)}` : path;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && scriptName.test(entry.name) && !notAPage.test(entry.name))
      .map((entry) => entry.name)
      .sort(byNumberThenName);
  } catch {
    return []; // no such folder: an app of one page
  }
}

function byNumberThenName(a: string, b: string): number {
  const numbers = [a, b].map((name) => Number(/^\d+/.exec(name)?.[0] ?? Infinity));
  const [first = 0, second = 0] = numbers;
  if (first !== second) return first < second ? -1 : 1;
  return a < b ? -1 : 1;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
