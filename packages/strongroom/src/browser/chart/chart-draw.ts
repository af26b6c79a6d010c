/** Vega and what it needs: a part of its own, fetched when a chart is on the page. */
import { Error as errorsOnly, View, expressionFunction, parse, type Loader } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";
import { formatNumber, written } from "../number-format.ts";
import { isStepped, shortDate, type ChartInput } from "./chart-input.ts";
import { chartSpec, labelFunction, type LabelHow } from "./chart-spec.ts";
import type { NumberFormat } from "../../elements/number-format.schema.ts";

/** A chart that stands in the page. */
export interface DrawnChart {
  /** px from the left (or the top, of lying bars) of each place along the axis. */
  readonly places: readonly number[];
  /** Room that one place takes: the width of bars' steps; 0 for points. */
  readonly step: number;
  readonly plot: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  /** px from the top (or the left) of a number. */
  readonly at: (value: number) => number;
  readonly finalize: () => void;
}

// Charts have their data with them: nothing is fetched, whatever a specification says.
const noLoader: Loader = {
  load: () => Promise.reject(new TypeError("Charts fetch nothing.")),
  sanitize: () => Promise.reject(new TypeError("Charts have no links.")),
  http: () => Promise.reject(new TypeError("Charts fetch nothing.")),
  file: () => Promise.reject(new TypeError("Charts fetch nothing.")),
};

expressionFunction(labelFunction, (value: number | Date, how: LabelHow) => labelText(Number(value), how));

function labelText(value: number, { date, format, share, isPlace, locale }: LabelHow): string {
  if (date !== undefined) return shortDate(value, date, locale);
  if (share === true) return written(locale, { style: "percent", maximumFractionDigits: 0 }, value);
  if (format !== undefined) return formatNumber(value, format as NumberFormat, locale);
  const isLong = Math.abs(value) >= 100_000;
  return isLong
    ? written(locale, { notation: "compact", maximumFractionDigits: 1 }, value)
    : formatNumber(value, isPlace === true ? undefined : "localized", locale);
}

/** Draws into a box, in place of what it holds; the old drawing stands until the new one is ready. */
export async function drawChart(
  box: HTMLElement,
  input: ChartInput,
  size: { width: number; height: number },
): Promise<DrawnChart> {
  const font = getComputedStyle(box).fontFamily;
  const { spec } = compile(chartSpec(input, { ...size, font }));
  const stage = document.createElement("div");
  const view = new View(parse(spec, undefined, { ast: true }), {
    renderer: "svg",
    container: stage,
    // The interpreter stands in for code made from text, which the page's policy forbids.
    expr: expressionInterpreter,
    loader: noLoader,
    logLevel: errorsOnly,
    hover: false,
  });
  view.tooltip(() => undefined);
  await view.runAsync();
  box.replaceChildren(...stage.childNodes);
  return measured(view, input);
}

interface Scale {
  (value: number): number | undefined;
  readonly bandwidth?: () => number;
  readonly step?: () => number;
}

function measured(view: View, input: ChartInput): DrawnChart {
  const along = view.scale(input.horizontal ? "y" : "x") as Scale;
  const number = view.scale(input.horizontal ? "x" : "y") as Scale;
  const [x = 0, y = 0] = view.origin() as readonly number[];
  const padding = view.padding();
  const [left, top] =
    typeof padding === "number"
      ? [x + padding, y + padding]
      : [x + (padding.left ?? 0), y + (padding.top ?? 0)];
  const offset = input.horizontal ? top : left;
  const half = (along.bandwidth?.() ?? 0) / 2;
  const stepped = isStepped(input);
  return {
    places: input.x.map((cell, at) => offset + half + (along(stepped ? at : Number(cell)) ?? NaN)),
    step: input.mark === "bar" ? (along.step?.() ?? 0) : 0,
    plot: { left, top, width: Number(view.signal("width")), height: Number(view.signal("height")) },
    at: (value) => (input.horizontal ? left : top) + (number(value) ?? NaN),
    finalize: () => void view.finalize(),
  };
}
