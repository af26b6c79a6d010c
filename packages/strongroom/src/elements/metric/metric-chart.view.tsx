import type { ReactNode } from "react";
import style from "./metric.module.css";

const width = 96;
const height = 30;
/** Few bars stand at the end, as wide as many. */
const maxStep = 12;
/** Room for the stroke and the dot at the end. */
const margin = 3;

interface MetricChartProps {
  readonly type: "line" | "area" | "bar";
  readonly values: readonly (number | null)[];
}

/** A small chart without axes: how it went, not how much it was. */
export function MetricChart({ type, values }: MetricChartProps): ReactNode {
  const numbers = values.filter((value) => value !== null);
  if (numbers.length === 0) return null;
  const low = Math.min(...numbers, ...(type === "line" ? [] : [0]));
  const high = Math.max(...numbers, ...(type === "line" ? [] : [0]));
  const across = (at: number): number =>
    values.length === 1 ? width - margin : round(margin + (at / (values.length - 1)) * (width - 2 * margin));
  const up = (value: number): number =>
    round(high === low ? height / 2 : margin + ((high - value) / (high - low)) * (height - 2 * margin));
  return (
    <svg
      className={style["chart"]}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMaxYMax meet"
      aria-hidden="true"
    >
      {type === "bar" ? (
        <Bars values={values} up={up} />
      ) : (
        <Line values={values} across={across} up={up} filled={type === "area"} />
      )}
    </svg>
  );
}

interface Scales {
  readonly across: (at: number) => number;
  readonly up: (value: number) => number;
}

function Line({
  values,
  across,
  up,
  filled,
}: Scales & { values: MetricChartProps["values"]; filled: boolean }): ReactNode {
  const pieces = connected(values);
  const last = values.length - 1;
  const end = values[last];
  const pathOf = (piece: readonly number[]): string =>
    `M${piece.map((at) => `${across(at)} ${up(values[at] ?? 0)}`).join("L")}`;
  return (
    <>
      {filled && values.length > 1
        ? pieces.map((piece) => (
            <path
              key={piece[0]}
              className={style["area"]}
              d={`${pathOf(piece)}L${across(piece.at(-1) ?? 0)} ${up(0)}L${across(piece[0] ?? 0)} ${up(0)}Z`}
            />
          ))
        : null}
      <path className={style["line"]} d={pieces.map(pathOf).join("")} />
      {end === null || end === undefined ? null : (
        <circle className={style["dot"]} cx={across(last)} cy={up(end)} r={2.5} />
      )}
    </>
  );
}

/** Positions of values without a gap between them. */
function connected(values: MetricChartProps["values"]): number[][] {
  const pieces: number[][] = [];
  let open: number[] | undefined;
  for (const [at, value] of values.entries()) {
    if (value === null) open = undefined;
    else if (open === undefined) pieces.push((open = [at]));
    else open.push(at);
  }
  return pieces;
}

function Bars({ values, up }: { values: MetricChartProps["values"]; up: Scales["up"] }): ReactNode {
  const step = Math.min(maxStep, (width - 2 * margin) / values.length);
  const start = width - margin - step * values.length;
  const ground = up(0);
  return values.map((value, at) => {
    if (value === null) return null;
    const top = Math.min(up(value), ground);
    const x = round(start + at * step + step * 0.15);
    // A bar of nothing is still there.
    const tall = Math.max(1, Math.abs(up(value) - ground));
    return (
      <rect
        key={at}
        className={style["bar"]}
        x={x}
        y={round(top)}
        width={round(step * 0.7)}
        height={round(tall)}
        rx={1}
      />
    );
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
