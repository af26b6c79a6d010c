import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import type { Infer, Json, Schema } from "../../wire/schema.ts";
import { widgetSpec } from "../../wire/spec.ts";
import { tableData, tableLimits } from "../table-data.schema.ts";
import { cellsDrawn } from "./dataframe-cells.schema.ts";

/** The most that one choice may hold: all of it travels in one answer. */
export const choiceLimits = { rows: 10_000, cells: 2_500, label: 200 } as const;

const columnView = s.object({
  /** Position of the column in the data. */
  at: s.number({ min: 0, max: tableLimits.columns, integer: true }),
  label: s.optional(s.string({ maxLength: tableLimits.nameChars })),
  help: s.optional(richText),
  /** px; without one, by what the column holds. */
  width: s.optional(s.number({ min: 32, max: 2_000 })),
  align: s.optional(s.literal("left", "center", "right")),
  pinned: s.optional(s.boolean),
  as: s.optional(cellsDrawn),
});

/** What the viewer may choose; nothing of a kind that is left out. */
const choosing = s.object({
  /** `required`: always exactly one, as long as there are rows. */
  rows: s.optional(s.literal("single", "required", "multi")),
  columns: s.optional(s.literal("single", "multi")),
  cells: s.optional(s.literal("single", "multi")),
});

const props = s.object({
  data: tableData,
  columns: s.array(columnView, { max: tableLimits.columns }),
  title: s.optional(richText),
  /** Rows that are in sight at once, the height in px, or that of its place. */
  height: s.union(
    s.object({ rows: s.number({ min: 1, max: 1_000 }) }),
    s.number({ min: 80, max: 10_000 }),
    s.literal("stretch"),
  ),
  rowHeight: s.optional(s.number({ min: 20, max: 400 })),
  /** Numbers each row. */
  showIndex: s.optional(s.boolean),
  /** Stands in cells without a value. */
  placeholder: s.optional(s.string({ maxLength: 100 })),
  alt: s.optional(s.string({ maxLength: 1_000 })),
  width: s.optional(s.union(s.literal("content"), s.number({ min: 80, max: 4_000 }))),
  selection: s.optional(choosing),
  /** Fingerprint of the data: a choice holds only for the data in which it was made. */
  print: s.optional(s.string({ maxLength: 22 })),
  quiet: s.optional(s.boolean),
});

export const dataframeSpec = widgetSpec({
  kind: "dataframe",
  props,
  /** What is chosen: positions in the data that was shown, and names of its columns. */
  value: ({ data, selection = {}, print = "" }) => {
    const { count } = data;
    const row = s.number({ min: 0, max: count - 1, integer: true });
    const names = data.columns.map(({ name }) => name);
    const column = s.literal(...names);
    const { rows, columns, cells } = selection;
    return s.object({
      of: s.literal(print),
      rows: s.array(row, {
        min: rows === "required" && count > 0 ? 1 : 0,
        max: mostOf(rows, Math.min(count, choiceLimits.rows)),
        unique: true,
      }),
      columns: s.array(column, { max: mostOf(columns, names.length), unique: true }),
      cells: s.array(s.tuple(row, column), {
        max: mostOf(cells, Math.min(count * names.length, choiceLimits.cells)),
        unique: true,
      }),
    });
  },
  /** A click on a button in a cell. What stands on it is held against the data by the function that showed it. */
  press: ({ data, columns, print = "" }): Schema<Json> => {
    const live = columns.filter(({ as }) => as?.type === "button" && as.live);
    return s.object({
      of: s.literal(print),
      column: s.literal(...live.map(({ at }) => data.columns[at]?.name ?? "")),
      row: s.number({ min: 0, max: data.count - 1, integer: true }),
      label: s.string({ maxLength: choiceLimits.label }),
    });
  },
});

function mostOf(mode: "single" | "required" | "multi" | undefined, most: number): number {
  return mode === undefined ? 0 : mode === "multi" ? most : Math.min(1, most);
}

export type ColumnView = Infer<typeof columnView>;
export type Choosing = Infer<typeof choosing>;
export type DataframeProps = Infer<typeof props>;
export type DataframeAnswer = Infer<ReturnType<typeof dataframeSpec.value>>;
