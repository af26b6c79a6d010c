/** What one line of Markdown begins. Every function looks at its line a fixed number of times. */

export function isBlank(line: string): boolean {
  return line.trim() === "";
}

export function indentOf(line: string): number {
  let indent = 0;
  while (line[indent] === " ") indent++;
  return indent;
}

export interface Fence {
  readonly indent: number;
  readonly char: string;
  readonly width: number;
  readonly language: string;
}

/** The opening of a fenced block of code. */
export function fenceOpening(line: string): Fence | undefined {
  const indent = indentOf(line);
  const char = line[indent];
  if (indent > 3 || (char !== "`" && char !== "~")) return undefined;
  let end = indent;
  while (line[end] === char) end++;
  const info = line.slice(end).trim();
  if (end - indent < 3 || (char === "`" && info.includes("`"))) return undefined;
  const language = /^[\w+#.-]{1,40}/.exec(info)?.[0] ?? "";
  return { indent, char, width: end - indent, language };
}

export function isFenceEnd(line: string, fence: Fence): boolean {
  const text = line.trim();
  if (indentOf(line) > 3 || text.length < fence.width) return false;
  for (const char of text) if (char !== fence.char) return false;
  return true;
}

/** A line of its own for a formula: what stands between `$$` and `$$`; empty where the marks stand alone, above and below it. */
export function formulaOpening(line: string): string | undefined {
  const text = line.trim();
  if (indentOf(line) > 3 || !text.startsWith("$$") || !text.endsWith("$$")) return undefined;
  if (text.length === 2) return "";
  const inside = text.slice(2, -2);
  return text.length > 4 && !inside.includes("$$") ? inside : undefined;
}

/** `# Title`, with or without marks behind it. */
export function atxHeading(line: string): { readonly level: number; readonly text: string } | undefined {
  const match = /^ {0,3}(#{1,6})(?:[ \t]|$)/.exec(line);
  if (match === null) return undefined;
  const text = line.slice(match[0].length).trim();
  let end = text.length;
  while (text[end - 1] === "#") end--;
  const isClosed = end < text.length && (end === 0 || text[end - 1] === " ");
  return { level: (match[1] ?? "").length, text: isClosed ? text.slice(0, end).trimEnd() : text };
}

/** A line across the page: three or more of `-`, `*` or `_`. */
export function isRule(line: string): boolean {
  const indent = indentOf(line);
  const char = line[indent];
  if (indent > 3 || (char !== "-" && char !== "*" && char !== "_")) return false;
  let count = 0;
  for (let at = indent; at < line.length; at++) {
    if (line[at] === char) count++;
    else if (line[at] !== " " && line[at] !== "\t") return false;
  }
  return count >= 3;
}

/** A line under a paragraph that makes it a heading: its level. */
export function underlineLevel(line: string): 1 | 2 | undefined {
  const indent = indentOf(line);
  const char = line[indent];
  if (indent > 3 || (char !== "=" && char !== "-")) return undefined;
  const text = line.trim();
  for (const other of text) if (other !== char) return undefined;
  return char === "=" ? 1 : 2;
}

/** The text behind `>`. */
export function quoted(line: string): string | undefined {
  const indent = indentOf(line);
  if (indent > 3 || line[indent] !== ">") return undefined;
  return line.slice(indent + (line[indent + 1] === " " ? 2 : 1));
}

export interface ListMarker {
  /** Items with another sign are another list. */
  readonly kind: string;
  readonly number: number | undefined;
  /** Where the item's text begins; what is indented as far belongs to it. */
  readonly width: number;
  readonly isEmpty: boolean;
}

export function listMarker(line: string): ListMarker | undefined {
  const match = /^( {0,3})([-+*]|(\d{1,9})([.)]))(?=[ \t]|$)/.exec(line);
  if (match === null) return undefined;
  const [before, , sign = "", digits, stop] = match;
  const behind = line.slice(before.length);
  const spaces = indentOf(behind);
  const isEmpty = isBlank(behind);
  const width = before.length + (isEmpty || spaces > 4 || spaces === 0 ? 1 : spaces);
  return { kind: stop ?? sign, number: digits === undefined ? undefined : Number(digits), width, isEmpty };
}

/** True where a line ends the paragraph before it. */
export function startsBlock(line: string): boolean {
  if (!/^ {0,3}[`~#>*+_$\d-]/.test(line)) return false;
  if (
    formulaOpening(line) !== undefined ||
    fenceOpening(line) !== undefined ||
    atxHeading(line) !== undefined ||
    isRule(line) ||
    quoted(line) !== undefined
  )
    return true;
  const marker = listMarker(line);
  return marker !== undefined && !marker.isEmpty && (marker.number === undefined || marker.number === 1);
}
