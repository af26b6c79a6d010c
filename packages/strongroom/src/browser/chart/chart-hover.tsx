import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import type { DrawnChart } from "./chart-draw.ts";
import { placeText, valueText, type ChartInput } from "./chart-input.ts";
import { nearestPlace } from "./chart-places.ts";
import unseen from "../controls/unseen.module.css";
import style from "./chart.module.css";

interface ChartHoverProps {
  readonly id: string;
  readonly input: ChartInput;
  readonly chart: DrawnChart | undefined;
  readonly name: string;
}

/** Where a viewer looks; forgotten when the chart is drawn anew. */
interface Spot {
  readonly chart: DrawnChart | undefined;
  readonly at: number;
  readonly byKey: boolean;
}

/** What stands under the pointer, or where the arrow keys have led: a line, its points, their numbers. */
export function ChartHover({ id, input, chart, name }: ChartHoverProps): ReactNode {
  const [spot, setSpot] = useState<Spot>();
  const at = spot !== undefined && spot.chart === chart ? spot.at : undefined;
  const point = (event: PointerEvent<HTMLElement>): void => {
    const found = chart === undefined ? undefined : placeUnder(event, chart, input);
    setSpot(found === undefined ? undefined : { chart, at: found, byKey: false });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") setSpot(undefined);
    const to = placeByKey(event.key, at, input.x.length - 1);
    if (to === undefined || chart === undefined) return;
    event.preventDefault();
    setSpot({ chart, at: to, byKey: true });
  };
  return (
    // Arrow keys walk along the points: that is what the focus is for.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys walk along the points
    <div
      className={style["over"]}
      role="img"
      aria-label={name}
      aria-describedby={`${id}t`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- who walks by keys needs the focus
      tabIndex={0}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => setSpot(undefined)}
      onBlur={() => setSpot(undefined)}
      onKeyDown={onKeyDown}
    >
      {chart === undefined || at === undefined ? null : <Mark input={input} chart={chart} at={at} />}
      <span className={unseen["unseen"]} aria-live="polite">
        {spot?.byKey === true && at !== undefined ? spoken(input, at) : ""}
      </span>
    </div>
  );
}

function placeUnder(
  event: PointerEvent<HTMLElement>,
  chart: DrawnChart,
  { horizontal }: ChartInput,
): number | undefined {
  const box = event.currentTarget.getBoundingClientRect();
  return nearestPlace(chart, horizontal ? event.clientY - box.top : event.clientX - box.left, horizontal);
}

function placeByKey(key: string, at: number | undefined, last: number): number | undefined {
  const to = { ArrowRight: (at ?? -1) + 1, ArrowLeft: (at ?? last + 1) - 1, Home: 0, End: last }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(last, to));
}

function Mark({ input, chart, at }: { input: ChartInput; chart: DrawnChart; at: number }): ReactNode {
  const { plot, places, step } = chart;
  const place = places[at] ?? NaN;
  if (Number.isNaN(place)) return null;
  const across = input.horizontal;
  const size = step === 0 ? 1 : step;
  const box = across
    ? { x: plot.left, y: place - size / 2, width: plot.width, height: size }
    : { x: place - size / 2, y: plot.top, width: size, height: plot.height };
  const hasDots = input.mark === "line" || (input.mark === "area" && input.stack === "layered");
  return (
    <>
      <svg className={style["mark"]} aria-hidden="true">
        <rect {...box} className={step === 0 ? style["rule"] : style["band"]} />
        {hasDots
          ? input.series.map(({ values, color }, series) => {
              const value = values[at] ?? null;
              return value === null ? null : (
                <circle
                  key={series}
                  cx={place}
                  cy={chart.at(value)}
                  r={3.75}
                  stroke={color}
                  className={style["dot"]}
                />
              );
            })
          : null}
      </svg>
      <Tooltip
        input={input}
        at={at}
        x={across ? plot.left + plot.width / 2 : place}
        y={across ? place : plot.top}
        plot={plot}
      />
    </>
  );
}

interface TooltipProps {
  readonly input: ChartInput;
  readonly at: number;
  readonly x: number;
  readonly y: number;
  readonly plot: DrawnChart["plot"];
}

function Tooltip({ input, at, x, y, plot }: TooltipProps): ReactNode {
  const isRight = x > plot.left + plot.width / 2;
  const shown = input.series.flatMap((series) => {
    const value = series.values[at] ?? null;
    return value === null ? [] : [{ ...series, text: valueText(value, input) }];
  });
  return (
    <div
      className={style["tip"]}
      aria-hidden="true"
      data-side={isRight ? "left" : "right"}
      // Only ever drawn in the browser, where this goes through the CSSOM.
      style={{ left: x, top: Math.max(0, y - 4) }}
    >
      <div className={style["tipPlace"]}>{placeText(input, input.x[at] ?? null, "full")}</div>
      {shown.length === 0 ? <div className={style["tipValue"]}>No value</div> : null}
      {shown.map(({ name, color, text }, index) => (
        <div key={index} className={style["tipValue"]}>
          {input.series.length > 1 ? (
            <svg width="9" height="9" aria-hidden="true">
              <rect width="9" height="9" rx="2.5" fill={color} />
            </svg>
          ) : null}
          <b>{text}</b>
          <span>{name}</span>
        </div>
      ))}
    </div>
  );
}

function spoken(input: ChartInput, at: number): string {
  const values = input.series.map(({ name, values: all }) => {
    const value = all[at] ?? null;
    return `${name} ${value === null ? "no value" : valueText(value, input)}`;
  });
  return `${placeText(input, input.x[at] ?? null, "full")}: ${values.join(", ")}`;
}
