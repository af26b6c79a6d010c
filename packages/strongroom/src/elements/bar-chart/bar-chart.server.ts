import { badOption } from "../../worker/errors.ts";
import { show } from "../../worker/show.ts";
import { optionNames } from "../../worker/option-names.ts";
import { chartNames, chartProps, type ChartOptions } from "../chart.server.ts";
import { added, sortedBy, sortedNaturally, type SeriesTable } from "../chart-series.server.ts";
import { columnNamed, type Table, type TableColumn, type TableInput } from "../table-data.server.ts";
import { barChartSpec } from "./bar-chart.schema.ts";

export interface BarChartOptions extends ChartOptions {
  /** Bars lie, with their names above them. Default `false`. */
  readonly horizontal?: boolean;
  /**
   * The order of the bars: by a column (`"-sales"` from the largest), `true` by their names, `false` as the data give
   * them. Default: numbers and dates in their order, names as the data give them.
   */
  readonly sort?: boolean | (string & {});
  /** `true` (default) on top of each other, `false` side by side, `"normalize"` as shares of the whole, `"center"`, `"layered"`. */
  readonly stack?: boolean | "normalize" | "center" | "layered";
}

const known = optionNames<BarChartOptions>()({ ...chartNames, horizontal: true, sort: true, stack: true });

/** Draws numbers as bars: how much of each. */
export function barChart(data: TableInput, options: BarChartOptions = {}): void {
  const order = (series: SeriesTable, table: Table): SeriesTable => sorted(series, table, options.sort);
  const sortsBy = (): string | undefined =>
    typeof options.sort === "string" ? options.sort.replace(/^-/, "") : undefined;
  const props = chartProps({ element: "barChart", known, adds: true, order, sortsBy }, data, options);
  show(barChartSpec, {
    ...props,
    stack: stackOf(options.stack),
    ...(options.horizontal === true ? { horizontal: true } : {}),
  });
}

function stackOf(
  stack: BarChartOptions["stack"],
): "stacked" | "grouped" | "layered" | "normalize" | "center" {
  switch (stack) {
    case undefined:
    case true:
      return "stacked";
    case false:
      return "grouped";
    case "normalize":
    case "center":
    case "layered":
      return stack;
    default:
      throw badOption("barChart", "stack", 'true, false, "normalize", "center" or "layered"');
  }
}

function sorted(series: SeriesTable, table: Table, sort: BarChartOptions["sort"]): SeriesTable {
  if (sort === false) return series;
  if (sort === undefined) return sortedNaturally(series);
  if (sort === true) return sortedBy(series, series.x.values, false);
  const descending = sort.startsWith("-") && !table.columns.some(({ name }) => name === sort);
  const column = table.columns[
    columnNamed({ element: "barChart", option: "sort", name: descending ? sort.slice(1) : sort }, table)
  ] as TableColumn;
  return sortedBy(series, cellsByPlace(series, table, column), descending);
}

/** What a column has at each place of the axis: numbers added up, else its first cell there. */
function cellsByPlace(series: SeriesTable, table: Table, column: TableColumn): TableColumn["values"] {
  if (column.name === series.x.name) return series.x.values;
  const x = table.columns.find(({ name }) => name === series.x.name);
  if (x === undefined) return column.values;
  if (column.type === "number") return added({ x, values: [column] }).values[0]?.values ?? [];
  const first = new Map(
    x.values.map((place, row) => [place, column.values[row] ?? null] as const).toReversed(),
  );
  return series.x.values.map((place) => first.get(place) ?? null);
}

barChart.specs = [barChartSpec] as const;
