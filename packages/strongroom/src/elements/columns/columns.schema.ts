import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { gap, width } from "../layout.schema.ts";

export const columnsSpec = elementSpec({
  kind: "columns",
  container: true,
  props: s.object({
    gap,
    wrap: s.boolean,
    align: s.literal("top", "center", "bottom"),
    width: s.optional(width),
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
