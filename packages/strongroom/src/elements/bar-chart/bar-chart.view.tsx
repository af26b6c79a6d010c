import { Chart } from "../../browser/chart/chart.tsx";
import { view } from "../../browser/view.ts";
import style from "./bar-chart.module.css";
import { barChartSpec } from "./bar-chart.schema.ts";

export default view(barChartSpec, ({ props }) => (
  <div className={style["bar"]}>
    <Chart kind={{ mark: "bar", stack: props.stack, horizontal: props.horizontal === true }} props={props} />
  </div>
));
