import { badOption } from "../../worker/errors.ts";
import { inline } from "../../worker/markdown.ts";
import { numberFormat, numberFormatWords, type NumberFormat } from "../number-format.schema.ts";
import type { TableColumn } from "../table-data.server.ts";
import { colorNames, type ColorName, type ThemeColor } from "../color-name.schema.ts";
import { momentWords, type CellsDrawn, type MomentWord } from "./dataframe-cells.schema.ts";
import type { Configured, MomentFormat } from "./dataframe-config.server.ts";

type Of<T extends Configured["type"]> = Extract<Configured, { readonly type: T }>;
type Drawing<T extends CellsDrawn["type"]> = Extract<CellsDrawn, { readonly type: T }>;

/** How a column's cells are drawn, from what the author said of it; nothing where by what they hold. */
export function drawnAs(column: TableColumn, config: Configured): CellsDrawn | undefined {
  switch (config.type) {
    case undefined:
      return config.format === undefined ? undefined : byFormat(column, config.format);
    case "text":
    case "json":
    case "markdown":
    case "checkbox":
    case "image":
      return { type: config.type };
    case "number":
      return { type: "number", ...checkedFormat(config.format) };
    case "date":
    case "datetime":
    case "time":
      return momentDrawn(config);
    case "progress":
      return progressDrawn(column, config);
    case "link":
      return linkDrawn(config);
    case "badge":
      return { type: "badge", colors: namesOf(config.colors ?? {}) };
    case "selectbox":
    case "multiselect":
    case "list":
      return chipsDrawn(config);
    case "barChart":
    case "lineChart":
    case "areaChart":
      return sparkDrawn(config);
    case "button":
      return buttonDrawn(config);
    default:
      throw badOption("dataframe", "columnConfig", "a column whose `type` is one of those in the reference");
  }
}

function byFormat(column: TableColumn, format: string): CellsDrawn {
  const isMoment = column.type === "date" || column.type === "datetime";
  if (isMoment) return { type: column.type === "date" ? "date" : "datetime", format: checkedMoment(format) };
  // What it is, the check says.
  return { type: "number", ...checkedFormat(format as NumberFormat) };
}

function checkedFormat(format: NumberFormat | undefined): { format?: NumberFormat } {
  if (format === undefined) return {};
  if (numberFormat.check(format, "") !== undefined) throw badOption("dataframe", "format", numberFormatWords);
  return { format };
}

function momentDrawn(config: Of<"date" | "datetime" | "time">): CellsDrawn {
  const { type, format = "medium" } = config;
  const timeZone = config.type === "datetime" ? config.timeZone : undefined;
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw badOption("dataframe", "timeZone", 'the name of a time zone, such as "Europe/Berlin"');
  return {
    type,
    format: checkedMoment(format),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false; // `Intl` throws for a name that it does not know
  }
}

function checkedMoment(format: MomentFormat): MomentWord | (string & {}) {
  if (format === "localized") return "medium";
  if (format === "iso8601") return "iso";
  const isWord = (momentWords as readonly string[]).includes(format);
  if (isWord || (typeof format === "string" && format.length <= 80 && /[YMDdHhmsSAaZ]/.test(format)))
    return format;
  throw badOption(
    "dataframe",
    "format",
    `${momentWords.map((word) => `"${word}"`).join(", ")}, or a pattern like "YYYY-MM-DD HH:mm"`,
  );
}

function progressDrawn(column: TableColumn, config: Of<"progress">): Drawing<"progress"> {
  return {
    type: "progress",
    ...rangeOf(column, config),
    ...checkedFormat(config.format),
    ...chartColor(config.color),
  };
}

/** From 0 to 1 for shares, to 100 or the largest number for all else. */
function rangeOf({ values }: TableColumn, { min = 0, max }: Of<"progress">): { min: number; max: number } {
  let largest = 0;
  for (const value of values) if (typeof value === "number" && value > largest) largest = value;
  const top = max ?? (largest <= 1 ? 1 : Math.max(100, largest));
  if (top > min) return { min, max: top };
  throw badOption("dataframe", "columnConfig", "a progress column whose `max` is above its `min`");
}

function linkDrawn({ displayText }: Of<"link">): Drawing<"link"> {
  if (displayText === undefined) return { type: "link" };
  if (typeof displayText === "string") return { type: "link", text: inline(displayText) };
  const { source, flags } = displayText;
  if (source.length > 500)
    throw badOption("dataframe", "displayText", "an expression of at most 500 characters");
  // Each address is searched from its beginning.
  return { type: "link", find: { source, flags: flags.replace(/[gy]/g, "") } };
}

function chipsDrawn(config: Of<"selectbox" | "multiselect" | "list">): Drawing<"chips"> {
  if (config.type === "list") return { type: "chips", colors: {}, color: "gray" };
  const { colors = {}, color = "gray" } = config;
  return { type: "chips", colors: namesOf(colors), color: color === "auto" ? "auto" : nameOf(color) };
}

const marks = { barChart: "bar", lineChart: "line", areaChart: "area" } as const;

function sparkDrawn({ type, yMin, yMax, color }: Of<keyof typeof marks>): Drawing<"spark"> {
  if (yMin !== undefined && yMax !== undefined && !(yMax > yMin))
    throw badOption("dataframe", "columnConfig", "a chart column whose `yMax` is above its `yMin`");
  return {
    type: "spark",
    mark: marks[type],
    ...(yMin === undefined ? {} : { min: yMin }),
    ...(yMax === undefined ? {} : { max: yMax }),
    ...chartColor(color),
  };
}

function buttonDrawn({ look = "secondary", key, onClick }: Of<"button">): Drawing<"button"> {
  return { type: "button", look, live: key !== undefined || onClick !== undefined };
}

function chartColor(color: string | undefined): { color?: NonNullable<Drawing<"spark">["color"]> } {
  if (color === undefined) return {};
  if (color === "auto" || color === "auto-inverse") return { color };
  return { color: /^#[0-9a-f]{6}$/i.test(color) ? color.toLowerCase() : nameOf(color) };
}

function namesOf(colors: Readonly<Record<string, ThemeColor>>): Record<string, ColorName> {
  return Object.fromEntries(Object.entries(colors).map(([text, color]) => [text, nameOf(color)]));
}

function nameOf(color: string): ColorName {
  const known = colorNames.find((name) => name === (color === "grey" ? "gray" : color));
  if (known !== undefined) return known;
  throw badOption("dataframe", "color", `one of ${colorNames.join(", ")}`);
}
