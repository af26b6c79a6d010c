import { richText } from "../../wire/rich-text.ts";
import { s } from "../../wire/s.ts";
import type { Infer, Json } from "../../wire/schema.ts";
import { colorNames } from "../color-name.schema.ts";
import { numberFormat } from "../number-format.schema.ts";
import type { Cell } from "../table-data.schema.ts";

const colorName = s.literal(...colorNames);
/** `auto` is good where numbers are high or rise, `auto-inverse` where they are low or fall. */
const color = s.union(
  s.literal("auto", "auto-inverse"),
  colorName,
  s.string({ maxLength: 7, pattern: /^#[0-9a-f]{6}$/ }),
);

/** Names of ways to write a moment; all else is a pattern like `YYYY-MM-DD HH:mm`. */
export const momentWords = ["short", "medium", "long", "iso", "distance", "calendar"] as const;
export type MomentWord = (typeof momentWords)[number];

const moment = s.object({
  type: s.literal("date", "datetime", "time"),
  format: s.string({ minLength: 1, maxLength: 80 }),
  /** Of the clock that is shown; UTC without one. */
  timeZone: s.optional(s.string({ maxLength: 60, pattern: /^[A-Za-z0-9_+\-/]+$/ })),
});

/** How the cells of a column are drawn, where not by what they hold. */
export const cellsDrawn = s.variant("type", {
  text: s.object({ type: s.literal("text") }),
  number: s.object({ type: s.literal("number"), format: s.optional(numberFormat) }),
  progress: s.object({
    type: s.literal("progress"),
    min: s.number(),
    max: s.number(),
    format: s.optional(numberFormat),
    color: s.optional(color),
  }),
  date: moment,
  datetime: moment,
  time: moment,
  link: s.object({
    type: s.literal("link"),
    /** Stands for the address. */
    text: s.optional(richText),
    /** The first group of this expression in the address stands for it. */
    find: s.optional(s.object({ source: s.string({ maxLength: 500 }), flags: s.string({ maxLength: 8 }) })),
  }),
  /** Cells are inline Markdown, parsed: plain text, or JSON of `RichText`. */
  markdown: s.object({ type: s.literal("markdown") }),
  checkbox: s.object({ type: s.literal("checkbox") }),
  badge: s.object({ type: s.literal("badge"), colors: s.record(colorName, { maxKeys: 200 }) }),
  /** Labels side by side; cells are JSON lists, or one text. */
  chips: s.object({
    type: s.literal("chips"),
    colors: s.record(colorName, { maxKeys: 200 }),
    /** Of those that have no colour of their own; `auto` tells them apart. */
    color: s.union(s.literal("auto"), colorName),
  }),
  /** A small chart; cells are JSON lists of numbers. */
  spark: s.object({
    type: s.literal("spark"),
    mark: s.literal("line", "area", "bar"),
    min: s.optional(s.number()),
    max: s.optional(s.number()),
    color: s.optional(color),
  }),
  /** Cells are handles of pictures. */
  image: s.object({ type: s.literal("image") }),
  json: s.object({ type: s.literal("json") }),
  /** Cells are what stands on the buttons: one text, or a JSON list of several. */
  button: s.object({
    type: s.literal("button"),
    look: s.literal("primary", "secondary", "tertiary"),
    /** False where nobody hears of clicks. */
    live: s.boolean,
  }),
});

export type CellsDrawn = Infer<typeof cellsDrawn>;

/** What stands in a cell that holds a list: JSON, or one value alone. */
export function listIn(cell: Cell): readonly Json[] {
  if (cell === null || cell === "") return [];
  if (typeof cell !== "string" || !cell.startsWith("[")) return [cell];
  try {
    const list = JSON.parse(cell) as Json;
    return Array.isArray(list) ? list : [cell];
  } catch {
    return [cell]; // a text that begins with a bracket
  }
}
