import { show } from "../../worker/show.ts";
import { chartNames, chartProps, type ChartOptions } from "../chart.server.ts";
import type { TableInput } from "../table-data.server.ts";
import { lineChartSpec } from "./line-chart.schema.ts";

export type LineChartOptions = ChartOptions;

/** Draws numbers as lines: how something goes on over time, or along another number. */
export function lineChart(data: TableInput, options: LineChartOptions = {}): void {
  show(lineChartSpec, chartProps({ element: "lineChart", known: chartNames, adds: false }, data, options));
}

lineChart.specs = [lineChartSpec] as const;
