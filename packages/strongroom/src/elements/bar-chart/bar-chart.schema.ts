import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { chartFields } from "../chart.schema.ts";

export const barChartSpec = elementSpec({
  kind: "barChart",
  props: s.object({
    ...chartFields,
    stack: s.literal("stacked", "grouped", "layered", "normalize", "center"),
    horizontal: s.optional(s.boolean),
  }),
});
