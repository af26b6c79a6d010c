import type { ReactNode } from "react";
import { written } from "../number-format.ts";
import { placeText, valueText, type ChartInput } from "./chart-input.ts";
import style from "./chart.module.css";

/** Bars that lie and are few are a list: each says its name and its number itself, without any script. */
export function isBarList({ mark, horizontal, series, x, xLabel, yLabel }: ChartInput): boolean {
  const [only] = series;
  const isPlain = xLabel === undefined && yLabel === undefined;
  return (
    mark === "bar" &&
    horizontal &&
    series.length === 1 &&
    isPlain &&
    x.length <= 40 &&
    only?.values.every((value) => (value ?? 0) >= 0) === true
  );
}

export function BarList({ input, name }: { input: ChartInput; name: string }): ReactNode {
  const [series] = input.series;
  const values = series?.values ?? [];
  const most = Math.max(...values.map((value) => value ?? 0));
  return (
    <ol className={style["list"]} aria-label={name}>
      {input.x.map((cell, at) => {
        const value = values[at] ?? null;
        const share = most === 0 || value === null ? 0 : Math.round((value / most) * 1_000) / 10;
        return (
          <li key={at}>
            <span className={style["name"]}>{placeText(input, cell, "full")}</span>
            <span className={style["figure"]}>{value === null ? "–" : figureText(value, most, input)}</span>
            {/* Widths of a drawing need no style attribute. */}
            <svg className={style["track"]} width="100%" height="7" aria-hidden="true">
              <rect className={style["rest"]} width="100%" height="7" rx="3.5" />
              {share === 0 ? null : <rect width={`${share}%`} height="7" rx="3.5" fill={series?.color} />}
            </svg>
          </li>
        );
      })}
    </ol>
  );
}

/** Shares of a list are told apart by their whole percent, unless all are small. */
function figureText(value: number, most: number, input: ChartInput): string {
  if (input.format !== "percent" || most < 0.1) return valueText(value, input);
  return written(input.locale, { style: "percent", maximumFractionDigits: 0 }, value);
}
