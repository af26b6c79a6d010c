import Papa from "papaparse";
import type { ReadTable, Reading } from "../../wire/reading.ts";
import { checkCells, distinct, ReadProblem, textOf } from "./read-problem.ts";

type CsvReading = Extract<Reading, { kind: "csv" }>;
/** A number as programs write it: no zeros before it, which numbers of parts and places have. */
const numberGrammar = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,17})?(?:e[+-]?\d{1,3})?$/i;

/** Reads delimited text. A line with more or fewer fields than the first is an error, with its number. */
export function readCsv(
  bytes: Buffer,
  { delimiter: given = "", header, numbers, maxRows = Infinity, encoding }: CsvReading,
): ReadTable {
  const text = textIn(bytes, { delimiter: given, encoding });
  const delimiter = given === "" ? foundOut(text) : given;
  const lines = new Lines(text);
  let names: readonly string[] | undefined;
  let columns: (string | null)[][] = [];
  let count = 0;
  let start = 0;
  let problem: ReadProblem | undefined;
  Papa.parse<string[]>(text, {
    delimiter,
    // Empty lines come as well: where a row stands is told by those before it.
    step({ data, errors, meta }, parser) {
      const from = start;
      start = meta.cursor;
      if (data.length === 1 && data[0] === "" && errors.length === 0) return;
      problem = wrong(data, { names, errors, lines, from, delimiter });
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
  readonly lines: Lines;
  /** Where the row begins. */
  readonly from: number;
  readonly delimiter: string;
}

function wrong(data: readonly string[], seen: Seen): ReadProblem | undefined {
  const { names, errors, lines, from, delimiter } = seen;
  const quote = errors.find(({ type }) => type === "Quotes");
  if (quote !== undefined) {
    const at = Math.max(from, (quote.index ?? from) - 1);
    const place = `Line ${lines.at(at)}, column ${fieldsIn(lines.text.slice(from, at), delimiter)}`;
    return new ReadProblem(`${place}: a quotation mark that is opened must be closed.`);
  }
  if (names === undefined || data.length === names.length) return undefined;
  const column = Math.min(data.length, names.length) + 1;
  return new ReadProblem(
    `Line ${lines.at(from)}, column ${column}: ${names.length} fields were expected, as in the first line, and there are ${data.length}.`,
  );
}

/** Bytes as text; where they are not of its encoding, line and field are told. */
function textIn(
  bytes: Buffer,
  { delimiter, encoding }: { readonly delimiter: string; readonly encoding: string | undefined },
): string {
  const read = textOf(bytes, encoding);
  if ("text" in read) return read.text;
  const column = fieldsIn(read.before, delimiter);
  throw new ReadProblem(
    `Line ${read.line}, column ${column}: text in UTF-8 was expected; its encoding can be named, such as { encoding: "windows-1252" }.`,
  );
}

/** What stands between fields, by the first rows; empty lines say nothing about it. */
function foundOut(text: string): string {
  return Papa.parse<string[]>(text, { preview: 10, skipEmptyLines: true }).meta.delimiter;
}

/** The number of the field in which a text ends. */
function fieldsIn(text: string, delimiter: string): number {
  return Math.max(1, Papa.parse<string[]>(text, { delimiter }).data.at(-1)?.length ?? 1);
}

function numeric(column: readonly (string | null)[]): readonly unknown[] {
  const isNumeric = column.every((field) => field === null || numberGrammar.test(field));
  return isNumeric ? column.map((field) => (field === null ? null : Number(field))) : column;
}

/** Which line a place stands in; asked in order. */
class Lines {
  readonly text: string;
  /** Files of old machines end their lines otherwise. */
  readonly #end: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.text = text;
    this.#end = text.includes("\n") ? "\n" : "\r";
  }

  at(place: number): number {
    for (;;) {
      const next = this.text.indexOf(this.#end, this.#at);
      if (next < 0 || next >= place) return this.#line;
      this.#at = next + 1;
      this.#line++;
    }
  }
}
