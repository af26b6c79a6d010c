import { badOption } from "../../worker/errors.ts";
import { show } from "../../worker/show.ts";
import { optionNames } from "../../worker/option-names.ts";
import { chartNames, chartProps, type ChartOptions } from "../chart.server.ts";
import type { TableInput } from "../table-data.server.ts";
import { areaChartSpec } from "./area-chart.schema.ts";

export interface AreaChartOptions extends ChartOptions {
  /** `true` on top of each other, `"normalize"` as shares of the whole, `"center"` round the middle. Default: over each other. */
  readonly stack?: boolean | "normalize" | "center" | "layered";
}

const known = optionNames<AreaChartOptions>()({ ...chartNames, stack: true });

/** Draws numbers as areas: how much something is, over time or along another number. */
export function areaChart(data: TableInput, options: AreaChartOptions = {}): void {
  const props = chartProps({ element: "areaChart", known, adds: true }, data, options);
  show(areaChartSpec, { ...props, stack: stackOf(options.stack) });
}

function stackOf(stack: AreaChartOptions["stack"]): "layered" | "stacked" | "normalize" | "center" {
  switch (stack) {
    case undefined:
    case false:
    case "layered":
      return "layered";
    case true:
      return "stacked";
    case "normalize":
    case "center":
      return stack;
    default:
      throw badOption("areaChart", "stack", 'true, false, "normalize", "center" or "layered"');
  }
}

areaChart.specs = [areaChartSpec] as const;
