import type { KeyboardEvent, ReactNode } from "react";
import type { CellsDrawn } from "../../elements/dataframe/dataframe-cells.schema.ts";
import { colorNames } from "../../elements/color-name.schema.ts";
import { listIn } from "../../elements/dataframe/dataframe-cells.schema.ts";
import type { Cell } from "../../elements/table-data.schema.ts";
import { labelsIn, type GridColumn } from "./grid-column.ts";
import style from "./grid-drawings.module.css";

type Drawing<T extends CellsDrawn["type"]> = Extract<CellsDrawn, { type: T }>;
type Color = Drawing<"spark">["color"];

/** The class of a tone, or the attribute of a colour of the author's own. */
function colored(color: Exclude<Color, "auto" | "auto-inverse">): {
  className: string;
  fill?: string;
  stroke?: string;
} {
  if (color === undefined) return { className: style["plain"] ?? "" };
  return color.startsWith("#")
    ? { className: "", fill: color, stroke: color }
    : { className: style[color] ?? "" };
}

function byNumbers(color: Color, share: number): Exclude<Color, "auto" | "auto-inverse"> {
  if (color !== "auto" && color !== "auto-inverse") return color;
  const good = color === "auto" ? share : 1 - share;
  return good >= 2 / 3 ? "green" : good >= 1 / 3 ? "yellow" : "red";
}

/** A bar for a number, with the number beside it. */
export function ProgressBar({
  value,
  as,
  text,
}: {
  value: number;
  as: Drawing<"progress">;
  text: string;
}): ReactNode {
  const share = Math.max(0, Math.min(1, (value - as.min) / (as.max - as.min)));
  const { className, fill } = colored(byNumbers(as.color, share));
  return (
    <span className={style["progress"]}>
      {/* Widths of a drawing need no style attribute. */}
      <svg className={style["track"]} width="64" height="6" aria-hidden="true">
        <rect className={style["rest"]} width="64" height="6" rx="3" />
        <rect className={className} fill={fill} width={Math.round(share * 640) / 10} height="6" rx="3" />
      </svg>
      {text}
    </span>
  );
}

/** Labels side by side. */
export function Chips({ cell, as }: { cell: Cell; as: Drawing<"chips"> }): ReactNode {
  return (
    <span className={style["chips"]}>
      {labelsIn(cell).map((label, at) => (
        <span key={at} className={`${style["chip"] ?? ""} ${style[chipTone(label, as)] ?? ""}`}>
          {label}
        </span>
      ))}
    </span>
  );
}

/** A label has its colour wherever it stands. */
function chipTone(label: string, { colors, color }: Drawing<"chips">): string {
  if (Object.hasOwn(colors, label)) return colors[label] ?? "gray";
  if (color !== "auto") return color;
  let sum = 0;
  for (const char of label) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9_973;
  return colorNames[sum % (colorNames.length - 2)] ?? "gray";
}

const width = 104;
const height = 24;
const margin = 2;

/** A small chart of the numbers in a cell. */
export function Spark({ cell, as, text }: { cell: Cell; as: Drawing<"spark">; text: string }): ReactNode {
  const values = listIn(cell).filter((value) => typeof value === "number");
  const [first = 0] = values;
  const ground = as.mark === "line" ? values : [...values, 0];
  const low = as.min ?? Math.min(...ground);
  const high = as.max ?? Math.max(...ground);
  const up = (value: number): number => {
    const share = high === low ? 0.5 : Math.max(0, Math.min(1, (value - low) / (high - low)));
    return round(height - margin - share * (height - 2 * margin));
  };
  const isRising = (values.at(-1) ?? 0) >= first;
  const { className, fill, stroke } = colored(byNumbers(as.color, isRising ? 1 : 0));
  return (
    <svg
      className={style["spark"]}
      width={width}
      height={height}
      role="img"
      aria-label={text || "No numbers"}
    >
      {as.mark === "bar" ? (
        <path className={className} fill={fill} d={bars(values, up)} />
      ) : (
        <>
          {as.mark === "area" ? (
            <path className={`${style["under"] ?? ""} ${className}`} fill={fill} d={area(values, up)} />
          ) : null}
          <path className={`${style["line"] ?? ""} ${className}`} stroke={stroke} d={line(values, up)} />
        </>
      )}
    </svg>
  );
}

type Up = (value: number) => number;

function across(at: number, count: number): number {
  return round(margin + (at / Math.max(1, count - 1)) * (width - 2 * margin));
}

function line(values: readonly number[], up: Up): string {
  return values
    .map((value, at) => `${at === 0 ? "M" : "L"}${across(at, values.length)} ${up(value)}`)
    .join("");
}

function area(values: readonly number[], up: Up): string {
  if (values.length === 0) return "";
  return `${line(values, up)}V${up(0)}H${across(0, values.length)}Z`;
}

function bars(values: readonly number[], up: Up): string {
  const step = (width - 2 * margin) / Math.max(1, values.length);
  const wide = round(Math.max(0.5, step * 0.72));
  return values
    .map((value, at) => {
      const x = round(margin + at * step + (step - wide) / 2);
      // A bar of nothing is still there.
      const tall = up(value) - up(0) || -1;
      return `M${x} ${up(0)}v${round(tall)}h${wide}v${round(-tall)}Z`;
    })
    .join("");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A picture as high as its row. */
export function Picture({ handle, label }: { handle: string; label: string }): ReactNode {
  if (!/^[A-Za-z0-9_-]{43}$/.test(handle)) return null;
  return (
    <img
      className={style["picture"]}
      src={`_strongroom/bytes/${handle}`}
      alt={label}
      loading="lazy"
      decoding="async"
    />
  );
}

interface ButtonsProps {
  readonly cell: Cell;
  readonly as: Drawing<"button">;
  readonly row: number;
  readonly press: GridColumn["press"];
}

/** The buttons of a cell. The keyboard comes to them by Enter on the cell, and from one to the next by arrows. */
export function CellButtons({ cell, as, row, press }: ButtonsProps): ReactNode {
  return (
    <span className={style["buttons"]}>
      {labelsIn(cell).map((label, at) => (
        <button
          key={at}
          type="button"
          className={style["button"]}
          data-look={as.look}
          tabIndex={-1}
          disabled={press === undefined}
          onClick={() => press?.(row, label)}
          onKeyDown={leave}
        >
          {label}
        </button>
      ))}
    </span>
  );
}

/** Arrows lead along the buttons of a cell, Escape back to the grid. */
function leave(event: KeyboardEvent<HTMLButtonElement>): void {
  const { key, currentTarget: button } = event;
  const next =
    key === "ArrowRight"
      ? button.nextElementSibling
      : key === "ArrowLeft"
        ? button.previousElementSibling
        : key === "Escape"
          ? button.closest("table")
          : null;
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}
