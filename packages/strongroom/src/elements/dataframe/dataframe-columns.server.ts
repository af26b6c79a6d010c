import { badOption } from "../../worker/errors.ts";
import { inline } from "../../worker/markdown.ts";
import { numberFormat, numberFormatWords, type NumberFormat } from "../number-format.schema.ts";
import { columnNamed, type Table, type TableColumn } from "../table-data.server.ts";
import type { badgeColors, ColumnView } from "./dataframe.schema.ts";

export type DateFormat = "short" | "medium" | "long" | "iso";
export type BadgeColor = "green" | "red" | "orange" | "blue" | "gray";

export interface ColumnOptions {
  /** Stands in the head. Default: the name in the data. */
  readonly label?: string;
  /** Words, or px. Default: by what the column holds. */
  readonly width?: "small" | "medium" | "large" | number;
  /** A tooltip of the head, in Markdown. */
  readonly help?: string;
  /** Default: numbers to the right, all else to the left. */
  readonly alignment?: "left" | "center" | "right";
  /** Stays in sight while the others scroll sideways. */
  readonly pinned?: boolean;
}

/** How one column of `st.dataframe` is drawn: `null` leaves it out, text renames it. */
export type ColumnConfig =
  | null
  | string
  | (ColumnOptions &
      (
        | { readonly type?: undefined; readonly format?: NumberFormat | DateFormat }
        | { readonly type: "text" }
        | { readonly type: "number"; readonly format?: NumberFormat }
        | { readonly type: "date" | "datetime"; readonly format?: DateFormat }
        /** A bar from `min` to `max`, with the number beside it. */
        | {
            readonly type: "progress";
            readonly min?: number;
            readonly max?: number;
            readonly format?: NumberFormat;
          }
        /** Cells are addresses; `text` stands for them. */
        | { readonly type: "link"; readonly text?: string }
        /** A coloured label; `colors` by the text of the cell; others are plain text. */
        | { readonly type: "badge"; readonly colors?: Readonly<Record<string, BadgeColor>> }
      ));

type Configured = Exclude<ColumnConfig, null | string>;

const widths = { small: 90, medium: 180, large: 360 } as const;
const badges: Readonly<Record<BadgeColor, (typeof badgeColors)[number]>> = {
  green: "good",
  red: "bad",
  orange: "warn",
  blue: "accent",
  gray: "neutral",
};
const dateFormats: readonly string[] = ["short", "medium", "long", "iso"] satisfies DateFormat[];

/** The columns that are shown, in order, and how each is drawn. What is not shown does not leave the server. */
export function columnViews(
  table: Table,
  config: Readonly<Record<string, ColumnConfig>>,
  order: readonly string[] | undefined,
): { table: Table; views: readonly ColumnView[] } {
  for (const name of Object.keys(config)) columnNamed("dataframe", "columnConfig", table, name);
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
  return table.columns[columnNamed("dataframe", "columnOrder", table, name)] as TableColumn;
}

function viewOf(column: TableColumn, config: string | Configured): Omit<ColumnView, "at"> {
  if (typeof config === "string") return { label: config };
  const { label, width, help, alignment, pinned } = config;
  const as = drawnAs(column, config);
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

function drawnAs(column: TableColumn, config: Configured): ColumnView["as"] {
  switch (config.type) {
    case undefined:
      return config.format === undefined ? undefined : byFormat(column, config.format);
    case "text":
      return { type: "text" };
    case "number":
      return { type: "number", ...checkedFormat(config.format) };
    case "date":
    case "datetime":
      return { type: config.type, format: config.format ?? "medium" };
    case "progress":
      return { type: "progress", ...rangeOf(column, config), ...checkedFormat(config.format) };
    case "link":
      return { type: "link", ...(config.text === undefined ? {} : { text: config.text }) };
    case "badge":
      return { type: "badge", colors: tonesOf(config.colors ?? {}) };
  }
}

function byFormat(column: TableColumn, format: NumberFormat | DateFormat): ColumnView["as"] {
  if (!dateFormats.includes(format)) return { type: "number", ...checkedFormat(format as NumberFormat) };
  return { type: column.type === "datetime" ? "datetime" : "date", format: format as DateFormat };
}

function checkedFormat(format: NumberFormat | undefined): { format?: NumberFormat } {
  if (format === undefined) return {};
  if (numberFormat.check(format, "") !== undefined) throw badOption("dataframe", "format", numberFormatWords);
  return { format };
}

/** From 0 to 1 for shares, to 100 or the largest number for all else. */
function rangeOf(
  { values }: TableColumn,
  { min = 0, max }: { readonly min?: number; readonly max?: number },
): { min: number; max: number } {
  let largest = 0;
  for (const value of values) if (typeof value === "number" && value > largest) largest = value;
  const top = max ?? (largest <= 1 ? 1 : Math.max(100, largest));
  if (top > min) return { min, max: top };
  throw badOption("dataframe", "columnConfig", "a progress column whose `max` is above its `min`");
}

function tonesOf(colors: Readonly<Record<string, BadgeColor>>): Record<string, (typeof badgeColors)[number]> {
  return Object.fromEntries(
    Object.entries(colors).map(([text, color]) => {
      if (!Object.hasOwn(badges, color))
        throw badOption("dataframe", "colors", `one of ${Object.keys(badges).join(", ")}`);
      return [text, badges[color]];
    }),
  );
}
