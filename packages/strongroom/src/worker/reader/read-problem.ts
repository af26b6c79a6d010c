import { isUtf8 } from "node:buffer";
import { readingLimits } from "../../wire/reading.ts";

/** Why a file is no table; its message is for the author, and names places (cells, columns, sheets), never values. */
export class ReadProblem extends Error {
  override readonly name = "ReadProblem";
}

export const noWorkbook = "It cannot be read: an Excel workbook was expected.";

/** Refuses what would be more cells than anybody looks at. */
export function checkCells(rows: number, columns: number): void {
  if (rows * columns <= readingLimits.cells) return;
  const most = readingLimits.cells.toLocaleString("en");
  throw new ReadProblem(`It holds more than ${most} cells; read fewer rows (maxRows) or columns.`);
}

const mostNames = 12;
const mostCharacters = 40;

/** The columns or sheets that there are, for a message: a file is whoever's, so each is cut, and has no marks of its own. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).map((name) => {
    const plain = name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "\ufffd");
    return JSON.stringify(plain.length > mostCharacters ? `${plain.slice(0, mostCharacters)}…` : plain);
  });
  const more = names.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Text, or the first place that is none: its line, and all of the text before it. */
export type TextRead = { readonly text: string } | { readonly line: number; readonly before: string };

/** Bytes as text: of the encoding that is named, else UTF-8, or UTF-16 where a mark at the beginning says so. */
export function textOf(bytes: Buffer, encoding?: string): TextRead {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  const marked = mark === 0xfffe ? "utf-16le" : mark === 0xfeff ? "utf-16be" : "utf-8";
  const text = new TextDecoder(encoding ?? marked).decode(bytes);
  if (encoding !== undefined || marked !== "utf-8" || isUtf8(bytes)) return { text };
  // No line end is a part of another character.
  for (let from = 0, line = 1; ; line++) {
    const end = bytes.indexOf(10, from);
    const upTo = end < 0 ? bytes.length : end;
    if (!isUtf8(bytes.subarray(from, upTo)))
      return { line, before: bytes.toString("utf8", 0, firstBad(bytes, from)) };
    from = upTo + 1;
  }
}

/** Where the first character begins that is none. */
function firstBad(bytes: Buffer, from: number): number {
  let at = from;
  for (let width = 1; width <= 4; width++)
    if (isUtf8(bytes.subarray(at, at + width))) {
      at += width;
      width = 0;
    }
  return at;
}

/** Names that are there and differ from each other. */
export function distinct(names: readonly string[]): readonly string[] {
  const used = new Set<string>();
  return names.map((given, index) => {
    const name = given.trim() === "" ? `column ${index + 1}` : given;
    let free = name;
    for (let count = 2; used.has(free); count++) free = `${name} ${count}`;
    used.add(free);
    return free;
  });
}
