import { plainCell } from "../cell-text.ts";
import type { GridColumn } from "./grid-column.ts";

/** A cell of text that begins like this is run as a formula by spreadsheets. */
const formula = /^(?:[=+@\t\r]|-(?!\d+(?:[.,]\d+)?$))/;

/** Rows for other programs: tabs for a paste, commas for a file. A text that a spreadsheet would run gets a `'` before it. */
export function separatedText(
  columns: readonly GridColumn[],
  rows: Iterable<number>,
  separator: "\t" | ",",
): string {
  const lines: string[] = [];
  for (const row of rows)
    lines.push(columns.map((column) => field(cellFor(column, row), separator)).join(separator));
  return lines.join(separator === "," ? "\r\n" : "\n");
}

/** The same with the names of the columns above. */
export function withHead(columns: readonly GridColumn[], text: string, separator: "\t" | ","): string {
  const head = columns.map(({ label }) => field(guarded(label), separator)).join(separator);
  return `${head}${separator === "," ? "\r\n" : "\n"}${text}`;
}

function cellFor({ cells, type, as }: GridColumn, row: number): string {
  // A picture is no text.
  const cell = as?.type === "image" ? null : (cells[row] ?? null);
  const text = plainCell(cell, type);
  return typeof cell === "string" && type !== "bigint" ? guarded(text) : text;
}

function guarded(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

function field(text: string, separator: "\t" | ","): string {
  const mustQuote = text.includes(separator) || /["\r\n]/.test(text);
  return mustQuote ? `"${text.replaceAll('"', '""')}"` : text;
}
