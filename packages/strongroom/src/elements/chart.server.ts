import { badOption, StrongroomError } from "../worker/errors.ts";
import { inline } from "../worker/markdown.ts";
import { chartColors, type ColorOption } from "./chart-colors.server.ts";
import { chartLimits, type ChartProps } from "./chart.schema.ts";
import { added, pivoted, sortedNaturally, thinned, type SeriesTable } from "./chart-series.server.ts";
import { numberFormat, numberFormatWords, type NumberFormat } from "./number-format.schema.ts";
import {
  columnNamed,
  shipTable,
  tableOf,
  withAsked,
  type AskedColumns,
  type Table,
  type TableColumn,
  type TableInput,
} from "./table-data.server.ts";
import { optionNames, type OptionNames } from "../worker/option-names.ts";
import { checkOptions } from "./check-options.server.ts";

/** Options that line, area and bar charts have in common. */
export interface ChartOptions {
  /** The column along the axis. Default: the first that does not hold numbers, else the number of the row. */
  readonly x?: string;
  /** The column, or columns, whose numbers are drawn. Default: all that hold numbers. */
  readonly y?: string | readonly string[];
  /**
   * A colour of the theme, `#rrggbb`, a list with one for each series; or the name of a column: then each of its values
   * is a series.
   */
  readonly color?: ColorOption;
  /** Stands at the axis along which `x` goes, as plain text. */
  readonly xLabel?: string;
  /** Stands at the axis of the numbers, as plain text. */
  readonly yLabel?: string;
  /** How the numbers are written. */
  readonly format?: NumberFormat;
  /** Stands above the chart, in Markdown. */
  readonly title?: string;
  /** Stands below the title, smaller; in Markdown. */
  readonly caption?: string;
  /** What the chart shows, for screen readers; they read its numbers as a table as well. */
  readonly alt?: string;
  /** px of the drawing; `"stretch"` is as high as the container. Default: by what is drawn. */
  readonly height?: "stretch" | "content" | number;
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | "content" | number;
  /** A card round it. Default `false`. */
  readonly border?: boolean;
}

export const chartNames: OptionNames<ChartOptions> = optionNames<ChartOptions>()({
  x: true,
  y: true,
  color: true,
  xLabel: true,
  yLabel: true,
  format: true,
  title: true,
  caption: true,
  alt: true,
  height: true,
  width: true,
  border: true,
});

/** How one kind of chart wants its data. */
export interface ChartKind {
  readonly element: "lineChart" | "areaChart" | "barChart";
  /** The options that it takes. */
  readonly known: OptionNames<ChartOptions>;
  /** Values of one series at one place are added up; a line may have several points there. */
  readonly adds: boolean;
  /** What comes after the data is sorted; a bar chart's own wish. */
  readonly order?: (series: SeriesTable, table: Table) => SeriesTable;
  /** The column that this looks at; asked once the options are known to be some. */
  readonly sortsBy?: () => string | undefined;
}

/** The props of a chart, from what the author gave. */
export function chartProps(kind: ChartKind, data: TableInput, options: ChartOptions): ChartProps {
  checkOptions(`st.${kind.element}(rows, { x: "month", y: "sales" })`, options, kind.known);
  const { element } = kind;
  const {
    color,
    format,
    title,
    caption,
    xLabel,
    yLabel,
    alt,
    height = "content",
    width = "stretch",
    border,
  } = options;
  const table = withAsked(tableOf(element, data), askedBy(options, kind.sortsBy?.()));
  const series = seriesOf(kind, table, options);
  const drawn = element === "barChart" ? series : thinned(series, chartLimits.points);
  const colors = chartColors(element, isColumn(table, color) ? undefined : color, series.values.length);
  if (format !== undefined && numberFormat.check(format, "") !== undefined)
    throw badOption(element, "format", numberFormatWords);
  return {
    data: shipTable(element, { count: drawn.x.values.length, columns: [drawn.x, ...drawn.values] }, 0),
    ...(colors === undefined ? {} : { colors }),
    ...(title === undefined ? {} : { title: inline(title) }),
    ...(caption === undefined ? {} : { caption: inline(caption) }),
    ...(xLabel === undefined ? {} : { xLabel }),
    ...(yLabel === undefined ? {} : { yLabel }),
    ...(format === undefined ? {} : { format }),
    ...(alt === undefined ? {} : { alt }),
    ...(height === "content"
      ? {}
      : { height: height === "stretch" ? height : checkedPx(element, "height", height) }),
    ...(width === "stretch"
      ? {}
      : { width: width === "content" ? width : checkedPx(element, "width", width) }),
    ...(border === true ? { border } : {}),
    ...(drawn === series ? {} : { thinnedFrom: table.count }),
  };
}

function askedBy({ x, y = [], color }: ChartOptions, sortsBy: string | undefined): AskedColumns {
  const numbers = [y].flat().filter((name) => typeof name === "string");
  return { names: [x, sortsBy, typeof color === "string" ? color : undefined], numbers };
}

const leastPx = { height: 60, width: 80 } as const;

function checkedPx(element: string, option: keyof typeof leastPx, px: number): number {
  const least = leastPx[option];
  if (px >= least && px <= 4_000) return px;
  throw badOption(element, option, `a number of px from ${least} to 4,000`);
}

function seriesOf({ element, adds, order }: ChartKind, table: Table, options: ChartOptions): SeriesTable {
  const { color, x: xName, y } = options;
  const colorAt = isColumn(table, color)
    ? columnNamed({ element, option: "color", name: color }, table)
    : undefined;
  const xAt =
    xName === undefined
      ? guessedX(table, colorAt)
      : columnNamed({ element, option: "x", name: xName }, table);
  const x = xAt === undefined ? rowNumbers(table) : (table.columns[xAt] as TableColumn);
  const values =
    y === undefined ? guessedValues(element, table, [xAt, colorAt]) : namedValues(element, table, y);
  let series: SeriesTable = { x, values };
  if (colorAt !== undefined) series = pivoted(element, series, table.columns[colorAt] as TableColumn);
  else if (adds) series = added(series);
  if (series.values.length > chartLimits.series) throw tooMany(element, `${chartLimits.series} series`);
  series = order === undefined ? sortedNaturally(series) : order(series, table);
  if (element === "barChart" && series.x.values.length > chartLimits.categories)
    throw tooMany(element, "1,000 bars along the axis");
  return series;
}

/** The first column that is no number is what most charts are about. */
function guessedX({ columns }: Table, colorAt: number | undefined): number | undefined {
  const at = columns.findIndex(
    ({ type }, index) => index !== colorAt && type !== "number" && type !== "bigint" && type !== "json",
  );
  return at < 0 ? undefined : at;
}

function rowNumbers({ count }: Table): TableColumn {
  return { name: "", type: "number", values: Array.from({ length: count }, (_, at) => at) };
}

/** A colour that is the name of a column: its values are the series. */
function isColumn({ columns }: Table, color: ChartOptions["color"]): color is string {
  return typeof color === "string" && columns.some(({ name }) => name === color);
}

function guessedValues(
  element: string,
  table: Table,
  taken: readonly (number | undefined)[],
): readonly TableColumn[] {
  const numbers = table.columns.filter(
    ({ type }, at) => !taken.includes(at) && (type === "number" || type === "bigint"),
  );
  if (numbers.length > 0 || table.count === 0) return numbers.map(asNumbers);
  throw badOption(element, "y", "the name of a column that holds numbers; the data has none");
}

function namedValues(
  element: string,
  table: Table,
  y: NonNullable<ChartOptions["y"]>,
): readonly TableColumn[] {
  const names = typeof y === "string" ? [y] : y;
  if (!Array.isArray(names)) throw badOption(element, "y", "the name of a column, or a list of them");
  return names.map((name: string) => {
    const column = table.columns[columnNamed({ element, option: "y", name }, table)] as TableColumn;
    const isEmpty = column.values.every((value) => value === null);
    if (!isEmpty && column.type !== "number" && column.type !== "bigint")
      throw badOption(element, "y", `a column that holds numbers; "${name}" holds ${column.type}`);
    return asNumbers(column);
  });
}

function asNumbers(column: TableColumn): TableColumn {
  if (column.type === "number") return column;
  return {
    name: column.name,
    type: "number",
    values: column.values.map((value) => (value === null ? null : Number(value))),
  };
}

function tooMany(element: string, most: string): StrongroomError {
  return new StrongroomError(
    "ERR_TOO_LARGE",
    `st.${element} draws at most ${most}; group the rest in the query.`,
  );
}
