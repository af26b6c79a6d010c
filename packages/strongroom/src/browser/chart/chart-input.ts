import type { ChartColor, ChartProps } from "../../elements/chart.schema.ts";
import type { Cell, CellType } from "../../elements/table-data.schema.ts";
import { dateText } from "../cell-text.ts";
import { formatNumber, written } from "../number-format.ts";

export type Stacking = "none" | "stacked" | "grouped" | "layered" | "normalize" | "center";

/** What is drawn, without how. */
export interface ChartInput {
  readonly mark: "line" | "area" | "bar";
  readonly stack: Stacking;
  readonly horizontal: boolean;
  readonly xType: CellType;
  readonly x: readonly Cell[];
  readonly series: readonly ChartSeries[];
  readonly xLabel: string | undefined;
  readonly yLabel: string | undefined;
  readonly format: ChartProps["format"];
  readonly locale: string;
}

export interface ChartSeries {
  readonly name: string;
  /** A CSS colour. */
  readonly color: string;
  readonly values: readonly (number | null)[];
}

export interface ChartKind {
  readonly mark: ChartInput["mark"];
  readonly stack: Stacking;
  readonly horizontal: boolean;
}

/** Puts together what the author gave, the cells that have arrived and the viewer's language. */
export function chartInput(
  kind: ChartKind,
  { props, cells }: { readonly props: ChartProps; readonly cells: readonly (readonly Cell[])[] },
  locale: string,
): ChartInput {
  const [x, ...series] = props.data.columns;
  return {
    ...kind,
    xType: x?.type ?? "text",
    x: cells[0] ?? [],
    series: series.map(({ name }, at) => ({
      name,
      color: cssColor(props.colors?.[at] ?? (props.colors?.length === 1 ? props.colors[0] : undefined), at),
      values: (cells[at + 1] ?? []).map((cell) => (typeof cell === "number" ? cell : null)),
    })),
    xLabel: props.xLabel,
    yLabel: props.yLabel,
    format: props.format,
    locale,
  };
}

const own = 5;

/** The theme's colours in their order, then with more and more ink, which never leaves them too pale to be seen. */
function cssColor(color: ChartColor | undefined, at: number): string {
  if (color !== undefined) return color.startsWith("#") ? color : `var(--${color})`;
  const tone = `var(--data-${(at % own) + 1})`;
  const round = Math.floor(at / own);
  return round === 0 ? tone : `color-mix(in oklab, ${tone} ${Math.max(20, 95 - 25 * round)}%, var(--ink))`;
}

/** Where bars stand, and points over names: side by side in equal steps, whatever they are called. */
export function isStepped({ mark, xType }: ChartInput): boolean {
  return mark === "bar" || xType === "text" || xType === "json" || xType === "boolean" || xType === "bigint";
}

/** A place on the axis in words; `short` where there is little room. */
export function placeText(
  input: Pick<ChartInput, "xType" | "x" | "locale">,
  cell: Cell,
  length: "short" | "full",
): string {
  const { xType, locale } = input;
  if (cell === null) return "(none)";
  if ((xType === "date" || xType === "datetime") && typeof cell === "number") {
    return length === "full"
      ? dateText(cell, { type: xType, format: "medium" }, locale)
      : shortDate(cell, dateStep(input), locale);
  }
  return typeof cell === "number" ? formatNumber(cell, undefined, locale) : String(cell);
}

export type DateStep = "year" | "month" | "day" | "time";

const dayMs = 86_400_000;

/** How exact the labels of an axis of dates must be. */
export function dateStep({ x, xType }: Pick<ChartInput, "x" | "xType">): DateStep {
  let first = Infinity;
  let last = -Infinity;
  for (const cell of x) {
    if (typeof cell !== "number") continue;
    first = Math.min(first, cell);
    last = Math.max(last, cell);
  }
  const days = (last - first) / dayMs;
  if (days > 4 * 365) return "year";
  if (days > 90) return "month";
  return xType === "date" || days > 2 ? "day" : "time";
}

const options: Readonly<Record<DateStep, Intl.DateTimeFormatOptions>> = {
  year: { year: "numeric" },
  month: { month: "short" },
  day: { day: "numeric", month: "short" },
  time: { hour: "2-digit", minute: "2-digit" },
};

/** What begins a larger step says that one: January its year, midnight its day. */
export function shortDate(time: number, step: DateStep, locale: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return "";
  const isMidnight = time % dayMs === 0;
  const shown =
    step === "time" && isMidnight ? "day" : step === "month" && date.getUTCMonth() === 0 ? "year" : step;
  return new Intl.DateTimeFormat(locale, { ...options[shown], timeZone: "UTC" }).format(date);
}

/** A number in words: as the author asked, else with the digits that matter at its size. */
export function valueText(value: number, { format, locale }: Pick<ChartInput, "format" | "locale">): string {
  if (format !== undefined) return formatNumber(value, format, locale);
  const size = Math.abs(value);
  if (size < 1) return written(locale, { maximumSignificantDigits: 3 }, value);
  return written(locale, { maximumFractionDigits: size >= 100 ? 1 : 2 }, value);
}
