import { readingLimits } from "../../wire/reading.ts";

/** Why a file is no table; its message is for the author, and names places, never values. */
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

/** Bytes as text: UTF-8, or UTF-16 where a mark at the beginning says so. */
export function textOf(bytes: Buffer): string {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  const encoding = mark === 0xfffe ? "utf-16le" : mark === 0xfeff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
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
