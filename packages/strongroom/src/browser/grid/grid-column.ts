import { cellText, columnDigits, type ColumnDigits } from "../cell-text.ts";
import { plainText } from "../controls/rich.tsx";
import { momentText, msOfDay } from "../moment-text.ts";
import { formatNumber } from "../number-format.ts";
import { listIn, type CellsDrawn } from "../../elements/dataframe/dataframe-cells.schema.ts";
import type { ColumnView } from "../../elements/dataframe/dataframe.schema.ts";
import type { Cell, CellType } from "../../elements/table-data.schema.ts";
import type { RichText } from "../../wire/rich-text.ts";

/** A column as the grid draws it. */
export interface GridColumn {
  /** Its name in the data. */
  readonly name: string;
  readonly label: string;
  readonly type: CellType;
  readonly as: CellsDrawn | undefined;
  readonly align: "left" | "center" | "right";
  readonly help: RichText | undefined;
  readonly pinned: boolean;
  readonly digits: ColumnDigits;
  /** The cells of rows that have arrived; of Markdown its words. */
  readonly cells: readonly Cell[];
  /** Markdown of the same rows. */
  readonly rich: readonly RichText[] | undefined;
  /** px, where the author said. */
  readonly width: number | undefined;
  /** A click on a button of this column. */
  readonly press: ((row: number, label: string) => void) | undefined;
}

interface ColumnOfData {
  readonly name: string;
  readonly type: CellType;
  readonly cells: readonly Cell[];
}

/** Joins what the author said of a column with what the data says. */
export function gridColumn(
  view: ColumnView,
  { name, type, cells }: ColumnOfData,
  press?: GridColumn["press"],
): GridColumn {
  const { as } = view;
  const rich = as?.type === "markdown" ? cells.map(richIn) : undefined;
  return {
    name,
    label: view.label ?? name,
    type,
    as,
    align: view.align ?? alignOf(as, type),
    help: view.help,
    pinned: view.pinned === true,
    digits: columnDigits(cells),
    cells: rich === undefined ? cells : rich.map((text, at) => (cells[at] === null ? null : plainText(text))),
    rich,
    width: view.width,
    press: as?.type === "button" && as.live ? press : undefined,
  };
}

function alignOf(as: CellsDrawn | undefined, type: CellType): GridColumn["align"] {
  if (as?.type === "checkbox" || as?.type === "image") return "center";
  const isText = as !== undefined && as.type !== "number" && as.type !== "text";
  if (type === "boolean" && as === undefined) return "center";
  return (type === "number" || type === "bigint") && !isText ? "right" : "left";
}

function richIn(cell: Cell): RichText {
  if (typeof cell !== "string") return "";
  try {
    // Written by the worker, from its own parser; what is drawn of it is closed by the drawing.
    return JSON.parse(cell) as RichText;
  } catch {
    return cell;
  }
}

/** What a cell says, in words: for the eye, for search and for screen readers. */
export function shownText(column: GridColumn, cell: Cell, locale: string): string {
  if (cell === null) return "";
  const { as, type } = column;
  switch (as?.type) {
    case "number":
      return as.format !== undefined && isNumeric(cell, type)
        ? formatNumber(numeric(cell, type), as.format, locale)
        : cellText(cell, column, locale);
    case "progress":
      if (typeof cell !== "number") return String(cell);
      if (as.format === undefined && as.max !== 1) return cellText(cell, column, locale);
      return formatNumber(cell, as.format ?? "percent", locale);
    case "date":
    case "datetime":
    case "time":
      return momentOf(cell, as, locale);
    case "link":
      return linkText(as, String(cell));
    case "text":
      return type === "number" ? String(cell) : cellText(cell, column, locale);
    case "chips":
    case "button":
    case "spark":
      return labelsIn(cell).join(", ");
    case "image":
      return "";
    case "badge":
    case "checkbox":
    case "json":
    case "markdown":
    case undefined:
      return cellText(cell, column, locale);
  }
}

function momentOf(
  cell: Cell,
  as: Extract<CellsDrawn, { format: string; type: "date" | "datetime" | "time" }>,
  locale: string,
): string {
  const time = typeof cell === "number" ? cell : as.type === "time" ? msOfDay(String(cell)) : undefined;
  return time === undefined ? String(cell) : momentText(time, as, locale);
}

function linkText(as: Extract<CellsDrawn, { type: "link" }>, address: string): string {
  if (as.text !== undefined) return plainText(as.text);
  if (as.find === undefined) return address;
  const found = expression(as.find.source, as.find.flags)?.exec(address);
  return found?.[1] ?? found?.[0] ?? address;
}

const expressions = new Map<string, RegExp | undefined>();

/** The author's expression; nothing where this browser does not know what stands in it. */
function expression(source: string, flags: string): RegExp | undefined {
  const name = `${flags}/${source}`;
  if (!expressions.has(name)) {
    try {
      expressions.set(name, new RegExp(source, flags));
    } catch {
      expressions.set(name, undefined); // the address itself stands in the cell
    }
  }
  return expressions.get(name);
}

/** The labels in a cell that holds one or several. */
export function labelsIn(cell: Cell): readonly string[] {
  return listIn(cell).map((one) => (typeof one === "object" ? JSON.stringify(one) : String(one)));
}

function isNumeric(cell: Cell, type: CellType): boolean {
  return typeof cell === "number" || (type === "bigint" && /^-?\d+$/.test(String(cell)));
}

function numeric(cell: Cell, type: CellType): number | bigint {
  return type === "bigint" ? BigInt(String(cell)) : Number(cell);
}
