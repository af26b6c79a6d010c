import { optionNames } from "../../worker/option-names.ts";
import { iconProps } from "../icon.server.ts";
import { numberFormat, numberFormatWords, type NumberFormat } from "../number-format.schema.ts";
import { badOption } from "../../worker/errors.ts";
import { inline } from "../../worker/markdown.ts";
import { show } from "../../worker/show.ts";
import { metricChartValues, metricSpec } from "./metric.schema.ts";
import { checkOptions } from "../check-options.server.ts";
import type { ThemeColor } from "../color-name.schema.ts";

type Figure = number | bigint | string | null | undefined;

export interface MetricOptions {
  /** How much the value has changed. Its sign decides arrow and colour; text that begins with a minus counts as less. */
  readonly delta?: Figure;
  /**
   * What more means: `"normal"` more is good, `"inverse"` more is bad, `"off"` neither; or a colour for both.
   * Default `"normal"`; no change is always grey.
   */
  readonly deltaColor?: "normal" | "inverse" | "off" | ThemeColor;
  /** Default `"auto"`: by the sign of the delta. */
  readonly deltaArrow?: "auto" | "up" | "down" | "off";
  /** What the delta compares with, in Markdown: `"on last month"`. */
  readonly deltaDescription?: string;
  /** A tooltip, in Markdown. */
  readonly help?: string;
  /** One emoji, `:material/name:`, or `"spinner"`, which turns. */
  readonly icon?: string;
  /** A card round it. Default `false`. */
  readonly border?: boolean;
  /** `"hidden"` keeps the label's space, `"collapsed"` does not; screen readers read it all the same. */
  readonly labelVisibility?: "visible" | "hidden" | "collapsed";
  /** How a number is written, in value and delta. Default: as it is, with the viewer's separators. */
  readonly format?: NumberFormat;
  /** Numbers that are drawn as a small chart beside the value. */
  readonly chartData?: readonly (number | null)[];
  /** How `chartData` is drawn. Default `"line"`. */
  readonly chartType?: "line" | "bar" | "area";
  /** Default `"stretch"`: as wide as its place; a number is px. */
  readonly width?: "stretch" | "content" | number;
  /** Default `"content"`: as high as need be; `"stretch"` fills the container, a number is px. */
  readonly height?: "stretch" | "content" | number;
}

const known = optionNames<MetricOptions>()({
  delta: true,
  deltaColor: true,
  deltaArrow: true,
  deltaDescription: true,
  help: true,
  icon: true,
  border: true,
  labelVisibility: true,
  format: true,
  chartData: true,
  chartType: true,
  width: true,
  height: true,
});

const tones = {
  red: "bad",
  orange: "orange",
  yellow: "warn",
  green: "good",
  blue: "blue",
  violet: "violet",
  gray: "neutral",
  grey: "neutral",
  primary: "accent",
} as const satisfies Record<ThemeColor, unknown>;

/** Shows a figure in large type, with how it has changed. */
export function metric(label: string, value: Figure, options: MetricOptions = {}): void {
  checkOptions(`st.metric("Sales", 120, { delta: 4 })`, options, known);
  if (typeof label !== "string" || label.length > 1_000)
    throw badOption("metric", "label", "text of at most 1,000 characters");
  const {
    help,
    labelVisibility = "visible",
    border,
    format,
    width = "stretch",
    height = "content",
  } = options;
  if (format !== undefined && numberFormat.check(format, "") !== undefined)
    throw badOption("metric", "format", numberFormatWords);
  show(metricSpec, {
    label: inline(label),
    value: figureOf("value", value),
    ...deltaProps(options),
    ...(help === undefined ? {} : { help: inline(help) }),
    ...iconProps("metric", options),
    ...(labelVisibility === "visible" ? {} : { labelVisibility }),
    ...(border === true ? { border } : {}),
    ...(format === undefined ? {} : { format }),
    ...chartProps(options),
    ...(width === "stretch" ? {} : { width }),
    ...(height === "content" ? {} : { height }),
  });
}

function figureOf(option: string, value: Figure): number | string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  const text = String(value);
  if (typeof value === "object" || typeof value === "function" || text.length > 1_000)
    throw badOption("metric", option, "a number, or text of at most 1,000 characters");
  return text;
}

function deltaProps(options: MetricOptions): DeltaProps {
  const { deltaColor = "normal", deltaArrow = "auto", deltaDescription } = options;
  const delta = figureOf("delta", options.delta);
  if (delta === null || delta === "") return {};
  const sign = signOf(delta);
  const arrow =
    deltaArrow === "auto"
      ? sign === 0
        ? undefined
        : sign > 0
          ? "up"
          : "down"
      : deltaArrow === "off"
        ? undefined
        : deltaArrow;
  const tone = toneOf(deltaColor, sign);
  if (tone === undefined)
    throw badOption(
      "metric",
      "deltaColor",
      `"normal", "inverse", "off" or one of ${Object.keys(tones).join(", ")}`,
    );
  return {
    delta,
    tone,
    ...(arrow === undefined ? {} : { arrow }),
    ...(deltaDescription === undefined ? {} : { deltaDescription: inline(deltaDescription) }),
  };
}

interface DeltaProps {
  readonly delta?: number | string;
  readonly tone?: (typeof tones)[ThemeColor];
  readonly arrow?: "up" | "down";
  readonly deltaDescription?: ReturnType<typeof inline>;
}

function toneOf(color: string, sign: number): (typeof tones)[ThemeColor] | undefined {
  if (color === "off") return "neutral";
  if (color === "normal" || color === "inverse") {
    if (sign === 0) return "neutral";
    return sign > 0 === (color === "normal") ? "good" : "bad";
  }
  return Object.hasOwn(tones, color) ? tones[color as ThemeColor] : undefined;
}

/** Less, the same, or more: by the number, or by how the text begins. */
function signOf(delta: number | string): number {
  if (typeof delta === "number") return Math.sign(delta);
  const text = delta.trim();
  if (/^[-−–]/.test(text)) return -1;
  return /^[+±]?0(?:[.,]0+)?(?:$|[^\d.,])/.test(text) ? 0 : 1;
}

function chartProps({ chartData, chartType = "line" }: MetricOptions): {
  chart?: { type: "line" | "bar" | "area"; values: readonly (number | null)[] };
} {
  if (chartData === undefined) return {};
  if (!Array.isArray(chartData)) throw badOption("metric", "chartData", "a list of numbers");
  if (chartData.length === 0) return {};
  if (chartData.length > metricChartValues)
    throw badOption("metric", "chartData", `at most ${metricChartValues} numbers`);
  const values = chartData.map((value: unknown) =>
    typeof value === "number" && Number.isFinite(value) ? value : null,
  );
  return { chart: { type: chartType, values } };
}

metric.specs = [metricSpec] as const;
