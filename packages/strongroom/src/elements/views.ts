/** One line for each kind of element: how it is drawn. Its code is fetched when one is on the page. */
import { lazyView } from "../browser/lazy-view.ts";
import { areaChartSpec } from "./area-chart/area-chart.schema.ts";
import { barChartSpec } from "./bar-chart/bar-chart.schema.ts";
import { dataframeSpec } from "./dataframe/dataframe.schema.ts";
import { imageSpec } from "./image/image.schema.ts";
import { lineChartSpec } from "./line-chart/line-chart.schema.ts";
import { metricSpec } from "./metric/metric.schema.ts";
import { tableSpec } from "./table/table.schema.ts";
import { textSpec } from "./text/text.schema.ts";

export const views = {
  areaChart: lazyView(areaChartSpec.kind, () => import("./area-chart/area-chart.view.tsx")),
  barChart: lazyView(barChartSpec.kind, () => import("./bar-chart/bar-chart.view.tsx")),
  dataframe: lazyView(dataframeSpec.kind, () => import("./dataframe/dataframe.view.tsx")),
  image: lazyView(imageSpec.kind, () => import("./image/image.view.tsx")),
  lineChart: lazyView(lineChartSpec.kind, () => import("./line-chart/line-chart.view.tsx")),
  metric: lazyView(metricSpec.kind, () => import("./metric/metric.view.tsx")),
  table: lazyView(tableSpec.kind, () => import("./table/table.view.tsx")),
  text: lazyView(textSpec.kind, () => import("./text/text.view.tsx")),
};
