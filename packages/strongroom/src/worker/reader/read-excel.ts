import type * as Xlsx from "@e965/xlsx";
import { readingLimits, type ReadTable, type Reading } from "../../wire/reading.ts";
import { checkZip } from "./check-zip.ts";
import { checkCells, distinct, listed, noWorkbook, ReadProblem } from "./read-problem.ts";

type ExcelReading = Extract<Reading, { kind: "excel" }>;

/** Reads one sheet of a workbook. */
export async function readExcel(bytes: Buffer, { sheet, header, maxRows }: ExcelReading): Promise<ReadTable> {
  // The package would read text and pages as workbooks as well.
  const start = bytes.toString("hex", 0, 4);
  if (start !== "504b0304" && start !== "d0cf11e0") throw new ReadProblem(noWorkbook);
  if (start === "504b0304") checkZip(bytes);
  const { read, utils } = await load();
  const most = maxRows === undefined ? readingLimits.cells : maxRows + 1;
  const book = read(bytes, {
    type: "buffer",
    dense: true,
    cellDates: true,
    cellFormula: false,
    cellHTML: false,
    sheetRows: most,
  });
  const number = typeof sheet === "number" ? sheet : book.SheetNames.indexOf(sheet);
  const name = book.SheetNames[number];
  const found = name === undefined ? undefined : book.Sheets[name];
  if (found === undefined)
    throw new ReadProblem(`It has no sheet of that name or number. It has: ${listed(book.SheetNames)}.`);
  const range = utils.decode_range(found["!ref"] ?? "A1");
  const wrong = firstError(found, range.e.r);
  if (wrong !== undefined)
    throw new ReadProblem(
      `Sheet ${number + 1}, cell ${utils.encode_cell(wrong)}: a value was expected, and the formula there ended in an error.`,
    );
  checkCells(range.e.r - range.s.r + 1, range.e.c - range.s.c + 1);
  const rows = utils.sheet_to_json<unknown[]>(found, {
    header: 1,
    raw: true,
    defval: null,
    blankrows: false,
  });
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  const first = header ? rows.shift() : undefined;
  const names = distinct(Array.from({ length: width }, (_, index) => nameOf(first?.[index], index)));
  return { ok: true, names, columns: names.map((_, index) => rows.map((row) => row[index] ?? null)) };
}

/** What Excel writes where a value is not available: nothing is wrong with it, it is empty. */
const notAvailable = 0x2a;

/** The first cell whose formula did not come to a value: to read it as empty would be to hide that. */
function firstError(sheet: Xlsx.WorkSheet, lastRow: number): Xlsx.CellAddress | undefined {
  const rows = sheet["!data"] ?? [];
  for (let r = 0; r <= Math.min(lastRow, rows.length - 1); r++) {
    const c = rows[r]?.findIndex((cell) => cell?.t === "e" && cell.v !== notAvailable) ?? -1;
    if (c >= 0) return { r, c };
  }
  return undefined;
}

function nameOf(cell: unknown, index: number): string {
  if (typeof cell === "string") return cell;
  return typeof cell === "number" ? String(cell) : `column ${index + 1}`;
}

async function load(): Promise<typeof Xlsx> {
  try {
    return await import("@e965/xlsx");
  } catch {
    throw new ReadProblem("Workbooks are read by a package that is not installed: npm install @e965/xlsx");
  }
}
