import type { ReadTable, Reading } from "../../wire/reading.ts";
import { ReadProblem } from "./read-problem.ts";

/** Reads a file as it was asked to; only the code of its kind is loaded. */
export async function readTable(bytes: Buffer, reading: Reading): Promise<ReadTable> {
  try {
    return await read(bytes, reading);
  } catch (error) {
    const isKnown = error instanceof ReadProblem;
    return {
      ok: false,
      message: isKnown ? error.message : `It cannot be read: ${nouns[reading.kind]} was expected.`,
    };
  }
}

async function read(bytes: Buffer, reading: Reading): Promise<ReadTable> {
  switch (reading.kind) {
    case "csv":
      return (await import("./read-csv.ts")).readCsv(bytes, reading);
    case "jsonLines":
      return (await import("./read-json-lines.ts")).readJsonLines(bytes, reading);
    case "excel":
      return (await import("./read-excel.ts")).readExcel(bytes, reading);
    case "parquet":
      return (await import("./read-parquet.ts")).readParquet(bytes, reading);
  }
}

const nouns = {
  csv: "CSV",
  jsonLines: "JSON, an object a line,",
  excel: "an Excel workbook",
  parquet: "a Parquet file",
} as const;
