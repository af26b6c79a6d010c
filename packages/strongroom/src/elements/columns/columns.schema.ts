import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";

const gap = s.union(s.literal("xxsmall", "xsmall", "small", "medium", "large", "xlarge", "xxlarge", "none"), s.number({ min: 0, max: 400 }));

export const columnsSpec = elementSpec({
  kind: "columns",
  container: true,
  props: s.object({
    gap,
    wrap: s.boolean,
    align: s.literal("top", "center", "bottom"),
  }),
});

export const columnSpec = elementSpec({
  kind: "column",
  container: true,
  props: s.object({
    /** Share of the width, relative to the other columns. */
    weight: s.number({ min: 0.001, max: 1_000 }),
    border: s.boolean,
  }),
});
