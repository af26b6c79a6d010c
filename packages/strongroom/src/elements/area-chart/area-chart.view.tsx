import { Chart } from "../../browser/chart/chart.tsx";
import { view } from "../../browser/view.ts";
import style from "./area-chart.module.css";
import { areaChartSpec } from "./area-chart.schema.ts";

export default view(areaChartSpec, ({ props }) => (
  <div className={style["area"]}>
    <Chart kind={{ mark: "area", stack: props.stack, horizontal: false }} props={props} />
  </div>
));
