import type { TopLevelSpec } from "vega-lite";
import type { Cell } from "../../elements/table-data.schema.ts";
import { dateStep, isStepped, placeText, type ChartInput, type DateStep } from "./chart-input.ts";

/** What the registered function for labels is told. */
export interface LabelHow {
  readonly date?: DateStep;
  readonly format?: string;
  readonly share?: true;
  /** A number that says where, not how much: 1998 is no 1,998. */
  readonly isPlace?: true;
  readonly locale: string;
}

/** The name under which our function for labels is known to Vega. */
export const labelFunction = "strongroomLabel";

type Encoding = Record<string, unknown>;

/** A row of the long table that Vega reads: place, series, number. */
export interface ChartRow {
  readonly x: number;
  readonly s: number;
  readonly y: number | null;
  /** Has no neighbour to draw a line to. */
  readonly isAlone?: true;
}

/** The chart as a Vega-Lite specification. Colours are CSS, so that light and dark need no new drawing. */
export function chartSpec(
  input: ChartInput,
  size: { width: number; height: number; font: string },
): TopLevelSpec {
  const { width, height, font } = size;
  const spec = {
    width,
    height,
    autosize: { type: "fit", contains: "padding", resize: true },
    background: null,
    padding: { left: 0, right: 4, top: 6, bottom: 0 },
    data: { name: "rows", values: chartRows(input) },
    params: paramsOf(input, width),
    layer: [...marksOf(input).map((mark) => ({ mark })), ...pointsAlone(input)],
    encoding: encoding(input, size),
    config: config(font),
  };
  // Vega-Lite's own types are a union too large to build in parts; its compiler checks what it is given.
  return spec as unknown as TopLevelSpec;
}

/** What the axis reads by name. */
function paramsOf(input: ChartInput, width: number): readonly object[] {
  if (isStepped(input)) {
    return [{ name: "places", value: input.x.map((cell) => placeText(input, cell, "short")) }];
  }
  const days = daysToName(input, width);
  return days === undefined ? [] : [{ name: "days", value: days }];
}

function encoding(input: ChartInput, size: { width: number; height: number }): Encoding {
  const { mark, horizontal, series, stack } = input;
  const domain = series.map((_, at) => at);
  const isBesideEachOther = mark === "bar" && stack === "grouped";
  const beside = { field: "s", type: "nominal", scale: { domain, paddingInner: 0.12 } };
  return {
    [horizontal ? "y" : "x"]: alongAxis(input, size),
    [horizontal ? "x" : "y"]: numberAxis(input, size),
    color: {
      field: "s",
      type: "nominal",
      legend: null,
      scale: { domain, range: series.map(({ color }) => color) },
    },
    // What comes first lies at the ground.
    ...(mark === "line" ? {} : { order: { field: "s", type: "quantitative" } }),
    ...(isBesideEachOther ? { [horizontal ? "yOffset" : "xOffset"]: beside } : {}),
  };
}

export function chartRows(input: ChartInput): ChartRow[] {
  const stepped = isStepped(input);
  return input.series.flatMap(({ values }, s) =>
    values
      .map((y, at) => ({
        x: stepped ? at : Number(input.x[at] ?? NaN),
        s,
        y,
        ...(isAlone(values, at) ? { isAlone: true as const } : {}),
      }))
      .filter(({ x }) => !Number.isNaN(x)),
  );
}

function isAlone(values: readonly (number | null)[], at: number): boolean {
  const isThere = (place: number): boolean => (values[place] ?? null) !== null;
  return isThere(at) && !isThere(at - 1) && !isThere(at + 1);
}

/** A single point has no line, and would not be seen. */
function pointsAlone(input: ChartInput): readonly Encoding[] {
  const { mark, series, x } = input;
  // Where parts lie on each other, a point is where its pile is only if no other part goes on beside it.
  const isShown = mark === "line" || (mark === "area" && (series.length === 1 || x.length === 1));
  if (!isShown || !series.some(({ values }) => values.some((_, at) => isAlone(values, at)))) return [];
  return [
    {
      transform: [{ filter: "datum.isAlone === true" }],
      mark: { type: "point", filled: true, opacity: 1, size: x.length > curved.from ? 24 : 60 },
    },
  ];
}

/** Bars no wider than this: few of them are no blocks of colour. */
const maxBarPx = 72;

/** The share of a step that stays empty. */
function barPadding({ x, series, stack }: ChartInput, px: number): number {
  const each = stack === "grouped" ? series.length : 1;
  return Math.max(0.26, 1 - (maxBarPx * each * x.length) / px);
}

function stepScale(input: ChartInput, px: number): Encoding {
  const domain = input.x.map((_, at) => at);
  if (input.mark !== "bar") return { type: "point", domain, padding: 0.3 };
  const padding = barPadding(input, px);
  return { domain, paddingInner: padding, paddingOuter: padding / 2 };
}

function alongAxis(input: ChartInput, { width, height }: { width: number; height: number }): Encoding {
  const { xType, locale, horizontal } = input;
  const room = labelsIn(horizontal ? height : width);
  const axis = {
    title: input.xLabel ?? null,
    grid: false,
    labelOverlap: "parity",
    labelSeparation: 10,
    labelAngle: 0,
    labelFlush: false,
  };
  if (isStepped(input)) {
    return {
      field: "x",
      type: "ordinal",
      sort: null,
      scale: stepScale(input, horizontal ? height : width),
      axis: { ...axis, labelExpr: "places[datum.value]", labelLimit: 160 },
    };
  }
  const isTime = xType === "date" || xType === "datetime";
  const how: LabelHow = { locale, ...(isTime ? { date: dateStep(input) } : { isPlace: true }) };
  return {
    field: "x",
    type: isTime ? "temporal" : "quantitative",
    scale: isTime ? { type: "utc" } : { zero: false, nice: false },
    axis: {
      ...axis,
      tickCount: room,
      ...(daysToName(input, width) === undefined ? {} : { values: { expr: "days" } }),
      formatType: labelFunction,
      format: how,
    },
  };
}

/** Few days are named themselves: between two of them there is none. */
function daysToName({ x, xType }: ChartInput, width: number): readonly Cell[] | undefined {
  const days = xType === "date" ? new Set(x) : undefined;
  return days === undefined || days.size > labelsIn(width) ? undefined : [...days];
}

/** How many labels stand beside each other. */
function labelsIn(px: number): number {
  return Math.max(2, Math.floor(px / 84));
}

function numberAxis(input: ChartInput, { width, height }: { width: number; height: number }): Encoding {
  const { format, locale, stack, horizontal, mark, yLabel } = input;
  const share = stack === "normalize";
  const how: LabelHow = {
    locale,
    ...(share ? { share } : {}),
    ...(format === undefined || share ? {} : { format }),
  };
  return {
    field: "y",
    type: "quantitative",
    stack: stacking(input),
    scale: { zero: mark !== "line" || startsAtZero(input), nice: true },
    axis: {
      title: yLabel ?? null,
      tickCount: Math.max(2, Math.min(horizontal ? Math.floor(width / 90) : 6, Math.floor(height / 42))),
      // Of pieces there is no half.
      ...(share || !isCounted(input) ? {} : { tickMinStep: 1 }),
      formatType: labelFunction,
      format: how,
      // Where the parts lie is not what they are.
      ...(stack === "center" ? { labels: false, grid: false } : {}),
    },
  };
}

function isCounted({ series }: ChartInput): boolean {
  return series.every(({ values }) => values.every((value) => value === null || Number.isInteger(value)));
}

function stacking({ mark, stack }: ChartInput): string | boolean | null {
  if (mark === "line" || stack === "layered" || stack === "none" || stack === "grouped") return null;
  return stack === "stacked" ? "zero" : stack;
}

/** Lines begin at nothing, unless that would press them flat against the top. */
function startsAtZero({ series }: ChartInput): boolean {
  let low = Infinity;
  let high = -Infinity;
  for (const { values } of series) {
    for (const value of values) {
      if (value === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low >= 0 ? low < 0.45 * high : high <= 0 ? high > 0.45 * low : true;
}

/** A curve between few points would say what nobody measured; along many it only costs. */
const curved = { from: 12, to: 200 };

function marksOf({ mark, stack, series, x, horizontal }: ChartInput): readonly Encoding[] {
  const interpolate = x.length < curved.from || x.length > curved.to ? "linear" : "monotone";
  const line = { type: "line", interpolate, strokeWidth: 2, strokeCap: "round", strokeJoin: "round" };
  switch (mark) {
    case "line":
      return [line];
    case "area": {
      if (stack === "layered") return [{ type: "area", interpolate, opacity: 0.16 }, line];
      return [{ type: "area", interpolate, opacity: 0.82, stroke: "var(--raised)", strokeWidth: 1 }];
    }
    case "bar": {
      const isPile = series.length > 1 && stack !== "grouped" && stack !== "layered";
      if (isPile) return [{ type: "bar", stroke: "var(--raised)", strokeWidth: x.length > 60 ? 0 : 1 }];
      const radius = x.length > 60 ? 1 : 4;
      return [
        {
          type: "bar",
          cornerRadiusEnd: radius,
          opacity: stack === "layered" && series.length > 1 ? 0.6 : 1,
          orient: horizontal ? "horizontal" : "vertical",
        },
      ];
    }
  }
}

function config(font: string): object {
  return {
    customFormatTypes: true,
    aria: false,
    font,
    view: { stroke: null },
    axis: {
      domain: false,
      ticks: false,
      gridColor: "var(--line)",
      gridWidth: 1,
      labelColor: "var(--ink-2)",
      labelFontSize: 11.5,
      labelPadding: 8,
      titleColor: "var(--ink-2)",
      titleFontSize: 12,
      titleFontWeight: 400,
      titlePadding: 10,
    },
  };
}
