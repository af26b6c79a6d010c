import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import type { Infer } from "../../wire/schema.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { numberFormat } from "../number-format.schema.ts";
import { tableData, tableLimits } from "../table-data.schema.ts";

/** The palette of badges. */
export const badgeColors = ["good", "bad", "warn", "accent", "neutral"] as const;

const columnView = s.object({
  /** Position of the column in the data. */
  at: s.number({ min: 0, max: tableLimits.columns, integer: true }),
  label: s.optional(s.string({ maxLength: tableLimits.nameChars })),
  help: s.optional(richText),
  /** px; without one, by what the column holds. */
  width: s.optional(s.number({ min: 32, max: 2_000 })),
  align: s.optional(s.literal("left", "center", "right")),
  pinned: s.optional(s.boolean),
  as: s.optional(
    s.variant("type", {
      number: s.object({ type: s.literal("number"), format: s.optional(numberFormat) }),
      progress: s.object({
        type: s.literal("progress"),
        min: s.number(),
        max: s.number(),
        format: s.optional(numberFormat),
      }),
      date: s.object({ type: s.literal("date"), format: s.literal("short", "medium", "long", "iso") }),
      datetime: s.object({
        type: s.literal("datetime"),
        format: s.literal("short", "medium", "long", "iso"),
      }),
      link: s.object({ type: s.literal("link"), text: s.optional(s.string({ maxLength: 200 })) }),
      badge: s.object({
        type: s.literal("badge"),
        colors: s.record(s.literal(...badgeColors), { maxKeys: 200 }),
      }),
      text: s.object({ type: s.literal("text") }),
    }),
  ),
});

export const dataframeSpec = widgetSpec({
  kind: "dataframe",
  props: s.object({
    data: tableData,
    columns: s.array(columnView, { max: tableLimits.columns }),
    title: s.optional(richText),
    /** Rows that are in sight at once, or the height in px. */
    height: s.union(s.object({ rows: s.number({ min: 1, max: 1_000 }) }), s.number({ min: 80, max: 10_000 })),
    rowHeight: s.optional(s.number({ min: 20, max: 400 })),
    /** Numbers each row. */
    showIndex: s.optional(s.boolean),
    /** Stands in cells without a value. */
    placeholder: s.optional(s.string({ maxLength: 100 })),
    alt: s.optional(s.string({ maxLength: 1_000 })),
    width: s.optional(s.union(s.literal("content"), s.number({ min: 80, max: 4_000 }))),
    selection: s.optional(s.literal("single-row", "multi-row")),
    /** Fingerprint of the data: a choice of rows holds only for the data in which it was made. */
    print: s.optional(s.string({ maxLength: 22 })),
    quiet: s.optional(s.boolean),
  }),
  /** The positions of the chosen rows in the data that was shown. */
  value: ({ data, selection, print = "" }) =>
    s.object({
      of: s.literal(print),
      rows: s.array(s.number({ min: 0, max: data.count - 1, integer: true }), {
        max: selection === undefined ? 0 : selection === "single-row" ? 1 : Math.min(data.count, 10_000),
        unique: true,
      }),
    }),
});

export type ColumnView = Infer<typeof columnView>;
export type DataframeProps = Infer<typeof dataframeSpec.props>;
