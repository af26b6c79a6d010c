/** Blocks of Markdown: CommonMark and GFM without HTML, line by line; each line is read once for each container round it. */
import type { Block, Inline, ListItem } from "../wire/rich-text.ts";
import { formulaOf } from "./markdown-formula.ts";
import { parseInline, type Budget } from "./markdown-inline.ts";
import { definitionIn } from "./markdown-links.ts";
import {
  atxHeading,
  fenceOpening,
  formulaOpening,
  indentOf,
  isBlank,
  isFenceEnd,
  isRule,
  listMarker,
  quoted,
  startsBlock,
  underlineLevel,
  type ListMarker,
} from "./markdown-lines.ts";
import { isDelimiterRow, splitRow, tableAlign } from "./markdown-table.ts";

/** Lists and quotes within each other: deeper ones are read as text. */
const maxDepth = 6;

/** Parses a document. */
export function parseBlocks(text: string, budget: Budget): Block[] {
  const lines = linesOf(text);
  const parser = new BlockParser(budget, text.includes("]:") ? referencesIn(lines) : new Map());
  const blocks: Block[] = [];
  parser.parse(lines, 0, blocks);
  parser.finish();
  return blocks;
}

/** The lines without the indentation that all of them share: authors indent template strings with their code. */
function linesOf(text: string): string[] {
  const lines = text
    .replaceAll("\0", "\ufffd")
    .split(/\r\n|\r|\n/)
    .map(expandTabs);
  let shared = Infinity;
  for (const line of lines) if (!isBlank(line)) shared = Math.min(shared, indentOf(line));
  return shared === 0 || shared === Infinity ? lines : lines.map((line) => line.slice(shared));
}

/** Tabs before the text as spaces up to the next stop of four. */
function expandTabs(line: string): string {
  const indentation = /^[ \t]*/.exec(line)?.[0] ?? "";
  if (!indentation.includes("\t")) return line;
  let width = 0;
  for (const char of indentation) width += char === "\t" ? 4 - (width % 4) : 1;
  return " ".repeat(width) + line.slice(indentation.length);
}

function referencesIn(lines: readonly string[]): Map<string, string> {
  const references = new Map<string, string>();
  for (const line of lines) {
    const found = definitionIn(line);
    if (found !== undefined && !references.has(found.label)) references.set(found.label, found.href);
  }
  return references;
}

class BlockParser {
  readonly #budget: Budget;
  readonly #references: ReadonlyMap<string, string>;
  readonly #headings: { id: string; readonly c: Inline[] }[] = [];

  constructor(budget: Budget, references: ReadonlyMap<string, string>) {
    this.#budget = budget;
    this.#references = references;
  }

  /** Reads lines into blocks. */
  parse(lines: readonly string[], depth: number, out: Block[]): void {
    let at = 0;
    while (at < lines.length) {
      const line = lines[at] as string;
      if (isBlank(line)) at++;
      else if (this.#budget.left <= 0) {
        out.push({ t: "p", c: [lines.slice(at).join("\n")] });
        return;
      } else {
        this.#budget.left--;
        at = this.#block(lines, at, { depth, out });
      }
    }
  }

  /** Gives each heading an id of its own, made of its text. */
  finish(): void {
    const taken = new Map<string, number>();
    for (const heading of this.#headings) {
      const slug = slugOf(plainText(heading.c));
      const count = taken.get(slug) ?? 0;
      taken.set(slug, count + 1);
      heading.id = count === 0 ? slug : `${slug}-${count}`;
    }
  }

  /** Reads the block that begins at a line; answers where it has ended. */
  #block(lines: readonly string[], at: number, into: { depth: number; out: Block[] }): number {
    const line = lines[at] as string;
    const { depth, out } = into;
    if (indentOf(line) >= 4) return this.#indented(lines, at, out);
    const fence = fenceOpening(line);
    if (fence !== undefined) return this.#fenced(lines, at, out);
    if (formulaOpening(line) !== undefined) return this.#formula(lines, at, out);
    const heading = atxHeading(line);
    if (heading !== undefined) {
      this.#heading(heading.level, heading.text, out);
      return at + 1;
    }
    if (isRule(line)) {
      out.push({ t: "hr" });
      return at + 1;
    }
    if (depth < maxDepth && quoted(line) !== undefined) return this.#quote(lines, at, into);
    const marker = depth < maxDepth ? listMarker(line) : undefined;
    if (marker !== undefined) return this.#list(lines, at, into);
    if (isDelimiterRow(line, lines[at + 1])) return this.#table(lines, at, out);
    if (definitionIn(line) !== undefined) return at + 1;
    return this.#paragraph(lines, at, out);
  }

  #inline(text: string): Inline[] {
    return parseInline(text, { budget: this.#budget, references: this.#references });
  }

  #heading(level: number, text: string, out: Block[]): void {
    const heading = { t: "h" as const, level, id: "", c: this.#inline(text) };
    this.#headings.push(heading);
    out.push(heading);
  }

  #indented(lines: readonly string[], start: number, out: Block[]): number {
    let end = start;
    while (end < lines.length && (isBlank(lines[end] as string) || indentOf(lines[end] as string) >= 4))
      end++;
    while (isBlank(lines[end - 1] as string)) end--;
    out.push({
      t: "code",
      language: "",
      text: lines
        .slice(start, end)
        .map((line) => line.slice(4))
        .join("\n"),
    });
    return end;
  }

  #fenced(lines: readonly string[], start: number, out: Block[]): number {
    const fence = fenceOpening(lines[start] as string);
    if (fence === undefined) return start + 1;
    let end = start + 1;
    while (end < lines.length && !isFenceEnd(lines[end] as string, fence)) end++;
    const body = lines
      .slice(start + 1, end)
      .map((line) => line.slice(Math.min(indentOf(line), fence.indent)));
    out.push({ t: "code", language: fence.language, text: body.join("\n") });
    return end + 1;
  }

  #formula(lines: readonly string[], start: number, out: Block[]): number {
    const inside = formulaOpening(lines[start] as string);
    let end = start + 1;
    if (inside === "") while (end < lines.length && formulaOpening(lines[end] as string) !== "") end++;
    const tex = inside === "" ? lines.slice(start + 1, end).join("\n") : (inside ?? "");
    out.push(formulaOf(tex, true, this.#budget));
    return inside === "" ? end + 1 : end;
  }

  #quote(lines: readonly string[], start: number, { depth, out }: { depth: number; out: Block[] }): number {
    const inside: string[] = [];
    let at = start;
    for (; at < lines.length; at++) {
      const line = lines[at] as string;
      const text = quoted(line);
      if (text === undefined && !isLazy(line, inside.at(-1) as string)) break;
      inside.push(text ?? lazy(line));
    }
    const c: Block[] = [];
    this.parse(inside, depth + 1, c);
    out.push({ t: "quote", c });
    return at;
  }

  #list(lines: readonly string[], start: number, { depth, out }: { depth: number; out: Block[] }): number {
    const first = listMarker(lines[start] as string) as ListMarker;
    const items: ListItem[] = [];
    let at = start;
    let marker: ListMarker | undefined = first;
    for (; marker?.kind === first.kind && this.#budget.left > 0; marker = nextItem(lines, at)) {
      const { inside, end } = itemLines(lines, at, marker);
      const checked = taskOf(inside);
      const c: Block[] = [];
      this.#budget.left--;
      this.parse(inside, depth + 1, c);
      items.push({ checked, c });
      at = end;
    }
    out.push({ t: "list", ordered: first.number !== undefined, start: first.number ?? 1, items });
    return at;
  }

  #table(lines: readonly string[], start: number, out: Block[]): number {
    const head = splitRow(lines[start] as string);
    const rows: Inline[][][] = [];
    let at = start + 2;
    for (; at < lines.length && this.#budget.left > 0; at++) {
      const line = lines[at] as string;
      if (isBlank(line) || startsBlock(line)) break;
      const cells = splitRow(line);
      this.#budget.left -= head.length;
      rows.push(head.map((_, column) => this.#inline(cells[column] ?? "")));
    }
    out.push({
      t: "table",
      align: tableAlign(lines[start + 1] as string),
      head: head.map((cell) => this.#inline(cell)),
      rows,
    });
    return at;
  }

  #paragraph(lines: readonly string[], start: number, out: Block[]): number {
    let at = start + 1;
    for (; at < lines.length; at++) {
      const line = lines[at] as string;
      const level = underlineLevel(line);
      if (level !== undefined) {
        this.#heading(level, textOf(lines.slice(start, at)), out);
        return at + 1;
      }
      if (isBlank(line) || startsBlock(line) || isDelimiterRow(line, lines[at + 1])) break;
    }
    out.push({ t: "p", c: this.#inline(textOf(lines.slice(start, at))) });
    return at;
  }
}

/** Lines of one paragraph: spaces before them mean nothing, two behind them break the line. */
function textOf(lines: readonly string[]): string {
  const text = lines.map((line) => line.trimStart()).join("\n");
  return text.trimEnd();
}

/** The marker of the next item, where the list goes on. */
function nextItem(lines: readonly string[], at: number): ListMarker | undefined {
  const line = lines[at];
  return line === undefined || isRule(line) ? undefined : listMarker(line);
}

/** The lines of an item without its indentation, and where the next may begin. */
function itemLines(
  lines: readonly string[],
  start: number,
  marker: ListMarker,
): { inside: string[]; end: number } {
  const inside = [(lines[start] as string).slice(marker.width)];
  let fence = fenceOpening(inside[0] as string);
  let end = start + 1;
  for (let at = start + 1; at < lines.length; at++) {
    const line = lines[at] as string;
    const isInside = indentOf(line) >= marker.width;
    // An item that begins with an empty line is over at the second.
    if (isBlank(line) && at === start + 1 && isBlank(inside[0] as string)) break;
    if (!isBlank(line) && !isInside && (fence !== undefined || !isLazy(line, inside.at(-1) as string))) break;
    const text = isInside ? line.slice(marker.width) : lazy(line);
    fence = fence === undefined ? fenceOpening(text) : isFenceEnd(text, fence) ? undefined : fence;
    inside.push(text);
    if (!isBlank(line)) end = at + 1;
  }
  inside.length = end - start;
  return { inside, end: skipBlank(lines, end) };
}

/** True where a line goes on with the paragraph inside a quote or an item, though it is not marked as part of it. */
function isLazy(line: string, before: string): boolean {
  return !isBlank(line) && !isBlank(before) && !startsBlock(line) && listMarker(line) === undefined;
}

/** Such a line, so that it cannot make a heading of the paragraph (CommonMark 0.31 §4.3). */
function lazy(line: string): string {
  return underlineLevel(line) === undefined ? line : `\\${line.trimStart()}`;
}

/** Blank lines between two items belong to neither. */
function skipBlank(lines: readonly string[], end: number): number {
  let at = end;
  while (at < lines.length && isBlank(lines[at] as string)) at++;
  return at;
}

/** Reads `[ ]` or `[x]` before an item's text, and takes it away. */
function taskOf(inside: string[]): boolean | null {
  const match = /^ {0,3}\[([ xX])\] +(?=\S)/.exec(inside[0] ?? "");
  if (match === null) return null;
  inside[0] = (inside[0] ?? "").slice(match[0].length);
  return match[1] !== " ";
}

/** Text without its marks. */
export function plainText(content: readonly Inline[]): string {
  return content
    .map((part) => (typeof part === "string" ? part : "c" in part ? plainText(part.c) : wordsOf(part)))
    .join("");
}

function wordsOf(part: Exclude<Inline, string>): string {
  return part.t === "code" ? part.text : part.t === "math" ? part.tex : "";
}

/** Ids of the page's own elements; the others begin with its name. */
const taken: ReadonlySet<string> = new Set(["main", "side"]);

/** A name for a place in the page, made of its text. */
export function slugOf(text: string): string {
  const words =
    text
      .toLowerCase()
      .normalize()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const name = words.join("-").slice(0, 100).toWellFormed() || "section";
  return taken.has(name) || name.startsWith("strongroom") ? `${name}-section` : name;
}
