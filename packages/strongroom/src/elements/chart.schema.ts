import { richText } from "../wire/rich-text.ts";
import { s } from "../wire/s.ts";
import type { Infer } from "../wire/schema.ts";
import { numberFormat } from "./number-format.schema.ts";
import { tableData } from "./table-data.schema.ts";

export const chartLimits = {
  series: 30,
  /** Bars along the axis. */
  categories: 1_000,
  /** Points that are drawn; a longer line is thinned so that it looks the same. */
  points: 4_000,
} as const;

/** Colours of the theme that a series may have. */
export const chartTones = [
  "data-1",
  "data-2",
  "data-3",
  "data-4",
  "data-5",
  "warn",
  "blue",
  "ink-3",
] as const;

const color = s.union(s.literal(...chartTones), s.string({ maxLength: 7, pattern: /^#[0-9a-f]{6}$/ }));
const label = s.string({ maxLength: 200 });

/** The props that line, area and bar charts have in common. */
export const chartFields = {
  /** The first column stands along the axis, each further one is a series. */
  data: tableData,
  /** One for each series; without it the theme's own, in their order. */
  colors: s.optional(s.array(color, { max: chartLimits.series })),
  title: s.optional(richText),
  caption: s.optional(richText),
  xLabel: s.optional(label),
  yLabel: s.optional(label),
  format: s.optional(numberFormat),
  alt: s.optional(s.string({ maxLength: 1_000 })),
  /** px of the drawing, without title and legend, or what the container has; without it, by what is drawn. */
  height: s.optional(s.union(s.literal("stretch"), s.number({ min: 60, max: 4_000 }))),
  width: s.optional(s.union(s.literal("content"), s.number({ min: 80, max: 4_000 }))),
  border: s.optional(s.boolean),
  /** Rows in the author's data, where fewer are drawn. */
  thinnedFrom: s.optional(s.number({ min: 0, integer: true })),
} as const;

const shared = s.object(chartFields);
export type ChartProps = Infer<typeof shared>;
export type ChartColor = NonNullable<ChartProps["colors"]>[number];
