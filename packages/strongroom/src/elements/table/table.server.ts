import { optionNames } from "../../worker/option-names.ts";
import type { RichText } from "../../wire/rich-text.ts";
import { badOption, StrongroomError } from "../../worker/errors.ts";
import { inline } from "../../worker/markdown.ts";
import { show } from "../../worker/show.ts";
import type { Cell, CellType } from "../table-data.schema.ts";
import { columnNamed, tableOf, withAsked, type Table, type TableInput } from "../table-data.server.ts";
import { tableRowsShown, tableSpec } from "./table.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface TableOptions {
  /** The column whose cells name their rows: screen readers say it with each cell. */
  readonly rowHeader?: string;
  /** Lines: round all cells (`true`, the default), between rows, or none. */
  readonly border?: boolean | "horizontal";
  /** Leaves the names of the columns out of sight; screen readers read them all the same. */
  readonly hideHeader?: boolean;
  /** What the table shows, for screen readers. */
  readonly alt?: string;
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | "content" | number;
  /**
   * A number (px), or `"stretch"` for the height of the container, scrolls inside it, under a head that stays. Default: as
   * high as its rows.
   */
  readonly height?: "stretch" | "content" | number;
}

const known = optionNames<TableOptions>()({
  rowHeader: true,
  border: true,
  hideHeader: true,
  alt: true,
  width: true,
  height: true,
});

/**
 * Shows a table as it is, to be read and not to be worked with; text cells and column names take Markdown. More than
 * 1,000 rows are cut, and that is said below them: `st.dataframe` shows any number.
 */
export function table(data: TableInput, options: TableOptions = {}): void {
  checkOptions(`st.table(rows, { border: false })`, options, known);
  const { rowHeader, border = true, hideHeader, alt, width = "stretch", height = "content" } = options;
  const typed = withAsked(tableOf("table", data), { names: [rowHeader] });
  if (typed.columns.length > 200)
    throw new StrongroomError("ERR_TOO_LARGE", "st.table shows at most 200 columns; choose some of them.");
  show(tableSpec, {
    columns: typed.columns.map(({ name, type }) => ({ head: inline(name), type })),
    rows: rowsOf(typed),
    ...(typed.count > tableRowsShown ? { count: typed.count } : {}),
    ...(rowHeader === undefined
      ? {}
      : { rowHeader: columnNamed({ element: "table", option: "rowHeader", name: rowHeader }, typed) }),
    border: border === true ? "all" : border === false ? "none" : "horizontal",
    ...(hideHeader === true ? { hideHeader } : {}),
    ...(alt === undefined ? {} : { alt }),
    ...(width === "stretch" ? {} : { width }),
    ...(height === "content" ? {} : { height: checkedHeight(height) }),
  });
}

function rowsOf({ count, columns }: Table): (string | number | boolean | null | RichText)[][] {
  return Array.from({ length: Math.min(count, tableRowsShown) }, (_, at) =>
    columns.map(({ type, values }) => cellOf(type, values[at] ?? null)),
  );
}

function cellOf(type: CellType, cell: Cell): string | number | boolean | null | RichText {
  return type === "text" && typeof cell === "string" ? inline(cell) : cell;
}

function checkedHeight(height: "stretch" | number): "stretch" | number {
  if (height === "stretch" || (height >= 16 && height <= 10_000)) return height;
  throw badOption("table", "height", '"stretch", "content" or a number of px from 16 to 10,000');
}

table.specs = [tableSpec] as const;
