import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import { elementSpec } from "../../wire/spec.ts";
import { cellTypes } from "../table-data.schema.ts";

/** A static table shows no more than this; what is left out is said below it. */
export const tableRowsShown = 1_000;

const cell = s.union(s.literal(null), s.number(), s.boolean, richText);

export const tableSpec = elementSpec({
  kind: "table",
  props: s.object({
    columns: s.array(s.object({ head: richText, type: s.literal(...cellTypes) }), { max: 200 }),
    rows: s.array(s.array(cell, { max: 200 }), { max: tableRowsShown }),
    /** Rows in all, where they are more than are shown. */
    count: s.optional(s.number({ min: 0, integer: true })),
    /** Position of the column that names each row. */
    rowHeader: s.optional(s.number({ min: 0, integer: true })),
    border: s.literal("all", "horizontal", "none"),
    hideHeader: s.optional(s.boolean),
    alt: s.optional(s.string({ maxLength: 1_000 })),
    width: s.optional(s.union(s.literal("content"), s.number({ min: 16, max: 4_000 }))),
    height: s.optional(s.union(s.literal("stretch"), s.number({ min: 16, max: 10_000 }))),
  }),
});
