import { Chart } from "../../browser/chart/chart.tsx";
import { view } from "../../browser/view.ts";
import style from "./line-chart.module.css";
import { lineChartSpec } from "./line-chart.schema.ts";

export default view(lineChartSpec, ({ props }) => (
  <div className={style["line"]}>
    <Chart kind={{ mark: "line", stack: "none", horizontal: false }} props={props} />
  </div>
));
