import type { ReadTable, Reading } from "../../wire/reading.ts";
import { checkCells, ReadProblem, textOf } from "./read-problem.ts";

/** Reads JSON, one object a line; names that a line does not have are empty in it. */
export function readJsonLines(
  bytes: Buffer,
  { maxRows = Infinity }: Extract<Reading, { kind: "jsonLines" }>,
): ReadTable {
  const columns = new Map<string, unknown[]>();
  let count = 0;
  let number = 0;
  for (const line of textIn(bytes).split("\n")) {
    number++;
    if (line.trim() === "") continue;
    if (count >= maxRows) break;
    for (const [name, value] of Object.entries(objectIn(line, number))) {
      let column = columns.get(name);
      if (column === undefined) columns.set(name, (column = Array<unknown>(count).fill(null)));
      column.push(value);
    }
    count++;
    for (const column of columns.values()) if (column.length < count) column.push(null);
    checkCells(count, columns.size);
  }
  return { ok: true, names: [...columns.keys()], columns: [...columns.values()] };
}

function textIn(bytes: Buffer): string {
  const read = textOf(bytes);
  if ("text" in read) return read.text;
  const column = read.before.length - read.before.lastIndexOf("\n");
  throw new ReadProblem(`Line ${read.line}, column ${column}: text in UTF-8 was expected.`);
}

function objectIn(line: string, number: number): object {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new ReadProblem(`Line ${number}, column ${firstWrong(line)}: JSON was expected.`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new ReadProblem(`Line ${number}, column 1: an object was expected, {"name": value}.`);
}

/** Where JSON ends to be some: the parser does not always say. */
function firstWrong(line: string): number {
  let right = 0;
  let wrong = line.length + 1;
  while (wrong - right > 1) {
    const middle = (right + wrong) >> 1;
    if (mayGoOn(line.slice(0, middle))) right = middle;
    else wrong = middle;
  }
  return wrong;
}

function mayGoOn(start: string): boolean {
  try {
    JSON.parse(start);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const isCutOff = /^(Unexpected end|Unterminated string)/.test(message);
    return isCutOff || message.includes(`at position ${start.length} `);
  }
}
