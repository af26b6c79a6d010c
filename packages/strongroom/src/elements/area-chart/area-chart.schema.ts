import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { chartFields } from "../chart.schema.ts";

export const areaChartSpec = elementSpec({
  kind: "areaChart",
  props: s.object({ ...chartFields, stack: s.literal("layered", "stacked", "normalize", "center") }),
});
