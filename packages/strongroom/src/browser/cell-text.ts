import type { Cell, CellType } from "../elements/table-data.schema.ts";
import { written } from "./number-format.ts";

export type DateFormat = "short" | "medium" | "long" | "iso";

/** How the numbers of one column are written, so that their digits stand below each other. */
export interface ColumnDigits {
  readonly fraction: number;
  readonly grouped: boolean;
}

/** Looks through a column once: as many digits as its numbers need, groups where one is long. Years stay whole. */
export function columnDigits(cells: readonly Cell[]): ColumnDigits {
  let fraction = 0;
  let largest = 0;
  const step = Math.max(1, Math.floor(cells.length / 2_000));
  for (let at = 0; at < cells.length; at += step) {
    const cell = cells[at];
    if (typeof cell !== "number") continue;
    largest = Math.max(largest, Math.abs(cell));
    if (fraction < 8 && !Number.isInteger(cell)) fraction = Math.max(fraction, fractionDigits(cell));
  }
  // Three digits behind the point are enough to tell numbers apart, more only where all of them are small.
  const most = largest === 0 || largest >= 1 ? 3 : Math.min(8, 2 - Math.floor(Math.log10(largest)));
  return { fraction: Math.min(fraction, most), grouped: largest >= 10_000 };
}

function fractionDigits(value: number): number {
  const [digits = "", exponent = "0"] = String(value).split("e");
  return Math.min(8, Math.max(0, (digits.split(".")[1]?.length ?? 0) - Number(exponent)));
}

/** What the cells of a column have in common. */
export interface CellsOfColumn {
  readonly type: CellType;
  readonly digits: ColumnDigits;
}

/** The text of a cell in the viewer's language. What is missing has none. */
export function cellText(cell: Cell, { type, digits }: CellsOfColumn, locale: string): string {
  if (cell === null) return "";
  switch (type) {
    case "number": {
      const { fraction, grouped } = digits;
      if (typeof cell !== "number") return String(cell);
      return written(
        locale,
        { useGrouping: grouped, minimumFractionDigits: fraction, maximumFractionDigits: fraction },
        cell,
      );
    }
    case "bigint":
      return /^-?\d+$/.test(String(cell)) ? written(locale, {}, BigInt(String(cell))) : String(cell);
    case "date":
    case "datetime":
      return typeof cell === "number" ? dateText(cell, { type, format: "medium" }, locale) : String(cell);
    case "boolean":
    case "json":
    case "text":
      return String(cell);
  }
}

const formatters = new Map<string, Intl.DateTimeFormat>();

interface DateHow {
  readonly type: "date" | "datetime" | "time";
  readonly format: DateFormat;
}

/** A moment in UTC: every viewer sees what the author's data says. */
export function dateText(time: number, { type, format }: DateHow, locale: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return "";
  if (format === "iso") return type === "date" ? date.toISOString().slice(0, 10) : date.toISOString();
  const name = `${locale} ${type} ${format}`;
  let formatter = formatters.get(name);
  if (formatter === undefined) {
    const day = type === "time" ? {} : { dateStyle: format };
    const clock = type === "date" ? {} : { timeStyle: "short" as const };
    formatters.set(
      name,
      (formatter = new Intl.DateTimeFormat(locale, { ...day, ...clock, timeZone: "UTC" })),
    );
  }
  // Versions of the language data differ in this space, and the server's may not be the browser's.
  return formatter.format(date).replaceAll("\u202f", " ");
}

/** A cell for other programs: no groups, dates as ISO, nothing of the viewer's language. */
export function plainCell(cell: Cell, type: CellType): string {
  if (cell === null) return "";
  if ((type === "date" || type === "datetime") && typeof cell === "number")
    return dateText(cell, { type, format: "iso" }, "en");
  return String(cell);
}
