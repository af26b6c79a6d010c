import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { chartFields } from "../chart.schema.ts";

export const lineChartSpec = elementSpec({ kind: "lineChart", props: s.object(chartFields) });
