import { badOption } from "../../worker/errors.ts";
import { inline } from "../../worker/markdown.ts";
import { columnNamed, type Table, type TableColumn } from "../table-data.server.ts";
import { drawnAs } from "./dataframe-cells.server.ts";
import { checkColumn, type ColumnConfig, type Configured } from "./dataframe-config.server.ts";
import type { ColumnView } from "./dataframe.schema.ts";

const widths = { small: 90, medium: 180, large: 360 } as const;

/** The columns that are shown, in order, and how each is drawn. What is not shown does not leave the server. */
export function columnViews(
  table: Table,
  config: Readonly<Record<string, ColumnConfig>>,
  order: readonly string[] | undefined,
): { table: Table; views: readonly ColumnView[] } {
  for (const name of Object.keys(config))
    columnNamed({ element: "dataframe", option: "columnConfig", name }, table);
  if (order !== undefined && !Array.isArray(order))
    throw badOption("dataframe", "columnOrder", "a list of names of columns");
  const ordered = order === undefined ? table.columns : order.map((name: string) => column(table, name));
  const shown = ordered.filter(({ name }) => config[name] !== null);
  const views = shown.map((one, at) => ({ at, ...viewOf(one, config[one.name] ?? {}) }));
  const pinnedFirst = [
    ...views.filter(({ pinned }) => pinned),
    ...views.filter(({ pinned }) => pinned !== true),
  ];
  return { table: { count: table.count, columns: shown }, views: pinnedFirst };
}

function column(table: Table, name: string): TableColumn {
  return table.columns[
    columnNamed({ element: "dataframe", option: "columnOrder", name }, table)
  ] as TableColumn;
}

function viewOf(one: TableColumn, config: string | Configured): Omit<ColumnView, "at"> {
  if (typeof config === "string") return { label: config };
  checkColumn(one.name, config);
  const { label, width, help, alignment, pinned } = config;
  const as = drawnAs(one, config);
  return {
    ...(label === undefined ? {} : { label }),
    ...(help === undefined ? {} : { help: inline(help) }),
    ...(width === undefined ? {} : { width: px(width) }),
    ...(alignment === undefined ? {} : { align: alignment }),
    ...(pinned === true ? { pinned } : {}),
    ...(as === undefined ? {} : { as }),
  };
}

function px(width: "small" | "medium" | "large" | number): number {
  const wanted = typeof width === "number" ? width : widths[width];
  if (wanted >= 32 && wanted <= 2_000) return wanted;
  throw badOption("dataframe", "width", '"small", "medium", "large" or a number of px from 32 to 2,000');
}
