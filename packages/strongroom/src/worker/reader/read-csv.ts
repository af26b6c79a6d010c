import Papa from "papaparse";
import type { ReadTable, Reading } from "../../wire/reading.ts";
import { checkCells, distinct, ReadProblem, textOf } from "./read-problem.ts";

type CsvReading = Extract<Reading, { kind: "csv" }>;
/** A number as programs write it: no zeros before it, which numbers of parts and places have. */
const numberGrammar = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,17})?(?:e[+-]?\d{1,3})?$/i;

/** Reads delimited text. A line with more or fewer fields than the first is an error, with its number. */
export function readCsv(
  bytes: Buffer,
  { delimiter = "", header, numbers, maxRows = Infinity }: CsvReading,
): ReadTable {
  const text = textOf(bytes);
  const lines = new Lines(text);
  let names: readonly string[] | undefined;
  let columns: (string | null)[][] = [];
  let count = 0;
  let start = 0;
  let problem: ReadProblem | undefined;
  Papa.parse<string[]>(text, {
    delimiter,
    skipEmptyLines: true,
    step({ data, errors, meta }, parser) {
      const line = lines.at(start);
      start = meta.cursor;
      problem = wrong(line, data, { names, errors });
      if (problem !== undefined) return parser.abort();
      if (names === undefined) {
        names = header ? distinct(data) : data.map((_, index) => `column ${index + 1}`);
        columns = names.map(() => []);
        if (header) return;
      }
      data.forEach((field, index) => columns[index]?.push(field === "" ? null : field));
      if (++count % 10_000 === 0) checkCells(count, columns.length);
      if (count >= maxRows) parser.abort();
    },
  });
  if (problem !== undefined) throw problem;
  checkCells(count, columns.length);
  return { ok: true, names: names ?? [], columns: numbers ? columns.map(numeric) : columns };
}

interface Seen {
  readonly names: readonly string[] | undefined;
  readonly errors: readonly Papa.ParseError[];
}

function wrong(line: number, data: readonly string[], { names, errors }: Seen): ReadProblem | undefined {
  if (errors.some(({ type }) => type === "Quotes"))
    return new ReadProblem(`Line ${line}: a quotation mark that is opened must be closed.`);
  if (names === undefined || data.length === names.length) return undefined;
  const column = Math.min(data.length, names.length) + 1;
  return new ReadProblem(
    `Line ${line}, column ${column}: ${names.length} fields were expected, as in the first line, and there are ${data.length}.`,
  );
}

function numeric(column: readonly (string | null)[]): readonly unknown[] {
  const isNumeric = column.every((field) => field === null || numberGrammar.test(field));
  return isNumeric ? column.map((field) => (field === null ? null : Number(field))) : column;
}

/** Which line a place stands in; asked in order. */
class Lines {
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  at(place: number): number {
    for (;;) {
      const next = this.#text.indexOf("\n", this.#at);
      if (next < 0 || next >= place) return this.#line;
      this.#at = next + 1;
      this.#line++;
    }
  }
}
