import {
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from "react";
import type { ChartProps } from "../../elements/chart.schema.ts";
import { Rich, plainText } from "../controls/rich.tsx";
import { useLocale } from "../locale.tsx";
import { useStyle } from "../style.tsx";
import { useTable } from "../use-table.ts";
import { BarList, isBarList } from "./bar-list.tsx";
import type { DrawnChart } from "./chart-draw.ts";
import { ChartHover } from "./chart-hover.tsx";
import { chartInput, type ChartInput, type ChartKind } from "./chart-input.ts";
import { ChartTable } from "./chart-table.tsx";
import unseen from "../controls/unseen.module.css";
import style from "./chart.module.css";

/** A line, area or bar chart with its title, its legend, and a table of its numbers for screen readers. */
export function Chart({ kind, props }: { kind: ChartKind; props: ChartProps }): ReactNode {
  const { mark, stack, horizontal } = kind;
  const { data, title, border, width, height, thinnedFrom } = props;
  const locale = useLocale();
  const { cells, state, retry } = useTable(data);
  const input = useMemo(
    () => chartInput({ mark, stack, horizontal }, { props, cells }, locale),
    [mark, stack, horizontal, props, cells, locale],
  );
  const size = useStyle({ width: width === "content" ? 560 : width });
  const name = props.alt ?? (title === undefined ? defaultName(input) : plainText(title));
  return (
    <figure className={`${style["chart"] ?? ""} ${size}`} data-border={border} data-height={height}>
      <Top props={props} input={input} />
      {state === "failed" ? (
        <Failed retry={retry} />
      ) : (
        <Drawing input={input} isLoading={state === "loading"} name={name} height={height} />
      )}
      {thinnedFrom === undefined ? null : (
        <p className={unseen["unseen"]}>Drawn from {thinnedFrom.toLocaleString(locale)} rows.</p>
      )}
    </figure>
  );
}

/** Title and caption, and what the colours mean where there are several. */
function Top({ props: { title, caption }, input }: { props: ChartProps; input: ChartInput }): ReactNode {
  const hasLegend = input.series.length > 1;
  if (title === undefined && caption === undefined && !hasLegend) return null;
  return (
    <figcaption className={style["top"]}>
      <div className={style["words"]}>
        {title === undefined ? null : (
          <div className={style["title"]}>
            <Rich text={title} />
          </div>
        )}
        {caption === undefined ? null : (
          <div className={style["caption"]}>
            <Rich text={caption} />
          </div>
        )}
      </div>
      {hasLegend ? <Legend input={input} /> : null}
    </figcaption>
  );
}

function defaultName({ mark, series }: ChartInput): string {
  const kind = mark === "bar" ? "Bar chart" : mark === "area" ? "Area chart" : "Line chart";
  return series.length === 0
    ? kind
    : `${kind}: ${series
        .map(({ name }) => name)
        .slice(0, 5)
        .join(", ")}`;
}

function Legend({ input }: { input: ChartInput }): ReactNode {
  return (
    <ul className={style["legend"]} aria-label="Series">
      {input.series.map(({ name, color }, at) => (
        <li key={at}>
          <svg width="10" height="10" aria-hidden="true">
            <rect width="10" height="10" rx="3" fill={color} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

function Failed({ retry }: { retry: () => void }): ReactNode {
  return (
    <p className={style["empty"]}>
      The data of this chart could not be loaded.{" "}
      <button type="button" className={style["retry"]} onClick={retry}>
        Try again
      </button>
    </p>
  );
}

interface DrawingProps {
  readonly input: ChartInput;
  readonly isLoading: boolean;
  readonly name: string;
  readonly height: ChartProps["height"];
}

function Drawing({ input, isLoading, name, height }: DrawingProps): ReactNode {
  if (!isLoading && (input.x.length === 0 || input.series.length === 0))
    return <p className={style["empty"]}>Nothing to draw: the data has no rows.</p>;
  if (isBarList(input)) return <BarList input={input} name={name} />;
  return <Plot input={input} isLoading={isLoading} name={name} height={height ?? defaultHeight(input)} />;
}

function defaultHeight({ horizontal, x, series, stack }: ChartInput): number {
  if (!horizontal) return 240;
  return Math.max(120, Math.min(4_000, x.length * (stack === "grouped" ? 14 * series.length + 10 : 28) + 34));
}

/** The drawing itself: its place is kept on the server, and filled when Vega has arrived. */
function Plot({ input, isLoading, name, height }: DrawingProps & { height: number | "stretch" }): ReactNode {
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const drawn = useDrawing(frame, input, { height, isLoading });
  const tall = useStyle(height === "stretch" ? {} : { height });
  return (
    <div className={`${style["plot"] ?? ""} ${tall}`} data-drawn={drawn.chart === undefined ? undefined : ""}>
      <div ref={frame} className={style["frame"]} aria-hidden="true" />
      {drawn.failed ? (
        <p className={style["empty"]}>This chart could not be drawn. Its numbers are in the table below.</p>
      ) : null}
      <ChartHover id={id} input={input} chart={drawn.chart} name={name} />
      <ChartTable id={id} input={input} name={name} isSeen={drawn.failed} />
    </div>
  );
}

interface Drawing {
  readonly chart: DrawnChart | undefined;
  readonly failed: boolean;
}

/** Draws when there is something new to draw or another room to draw it in. */
function useDrawing(
  frame: RefObject<HTMLDivElement | null>,
  input: ChartInput,
  how: { height: number | "stretch"; isLoading: boolean },
): Drawing {
  const { isLoading } = how;
  const [drawing, setDrawing] = useState<Drawing>({ chart: undefined, failed: false });
  const room = useRoom(frame);
  const { width } = room;
  const height = how.height === "stretch" ? room.height : how.height;
  useEffect(() => {
    const box = frame.current;
    if (box === null || width === 0 || height === 0 || isLoading) return undefined;
    let isCurrent = true;
    let chart: DrawnChart | undefined;
    const draw = async (): Promise<void> => {
      const { drawChart } = await import("./chart-draw.ts");
      if (!isCurrent) return;
      chart = await drawChart(box, input, { width, height });
      if (isCurrent) setDrawing({ chart, failed: false });
      else chart.finalize();
    };
    draw().catch((error: unknown) => {
      console.error(error);
      if (isCurrent) setDrawing({ chart: undefined, failed: true });
    });
    return () => {
      isCurrent = false;
      chart?.finalize();
    };
  }, [frame, input, width, height, isLoading]);
  return drawing;
}

interface Room {
  readonly width: number;
  readonly height: number;
}

function useRoom(frame: RefObject<HTMLDivElement | null>): Room {
  const [room, setRoom] = useState<Room>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const box = frame.current;
    if (box === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      setRoom({ width: Math.floor(width), height: Math.floor(height) });
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [frame]);
  return room;
}
