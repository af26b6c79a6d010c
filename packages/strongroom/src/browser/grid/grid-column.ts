import { cellText, columnDigits, dateText, type ColumnDigits } from "../cell-text.ts";
import { formatNumber } from "../number-format.ts";
import type { ColumnView } from "../../elements/dataframe/dataframe.schema.ts";
import type { Cell, CellType } from "../../elements/table-data.schema.ts";
import type { RichText } from "../../wire/rich-text.ts";

/** A column as the grid draws it. */
export interface GridColumn {
  readonly label: string;
  readonly type: CellType;
  readonly as: ColumnView["as"];
  readonly align: "left" | "center" | "right";
  readonly help: RichText | undefined;
  readonly pinned: boolean;
  readonly digits: ColumnDigits;
  /** The cells of rows that have arrived. */
  readonly cells: readonly Cell[];
  /** px, where the author said. */
  readonly width: number | undefined;
}

interface Named {
  readonly name: string;
  readonly type: CellType;
}

/** Joins what the author said of a column with what the data says. */
export function gridColumn(view: ColumnView, { name, type }: Named, cells: readonly Cell[]): GridColumn {
  const isNumber =
    (type === "number" || type === "bigint") && view.as?.type !== "progress" && view.as?.type !== "badge";
  return {
    label: view.label ?? name,
    type,
    as: view.as,
    align: view.align ?? (isNumber ? "right" : type === "boolean" ? "center" : "left"),
    help: view.help,
    pinned: view.pinned === true,
    digits: columnDigits(cells),
    cells,
    width: view.width,
  };
}

/** What a cell says, in words: for the eye, for search and for screen readers. */
export function shownText(column: GridColumn, cell: Cell, locale: string): string {
  if (cell === null) return "";
  const { as, type, digits } = column;
  switch (as?.type) {
    case "number":
      return as.format !== undefined && isNumeric(cell, type)
        ? formatNumber(numeric(cell, type), as.format, locale)
        : cellText(cell, type, locale, digits);
    case "progress":
      if (typeof cell !== "number") return String(cell);
      if (as.format === undefined && as.max !== 1) return cellText(cell, type, locale, digits);
      return formatNumber(cell, as.format ?? "percent", locale);
    case "date":
    case "datetime":
      return typeof cell === "number" ? dateText(cell, as.type, as.format, locale) : String(cell);
    case "link":
      return as.text ?? String(cell);
    case "text":
      return type === "number" ? String(cell) : cellText(cell, type, locale, digits);
    case "badge":
    case undefined:
      return cellText(cell, type, locale, digits);
  }
}

function isNumeric(cell: Cell, type: CellType): boolean {
  return typeof cell === "number" || (type === "bigint" && /^-?\d+$/.test(String(cell)));
}

function numeric(cell: Cell, type: CellType): number | bigint {
  return type === "bigint" ? BigInt(String(cell)) : Number(cell);
}
