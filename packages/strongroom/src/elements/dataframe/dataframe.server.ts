import { createHash } from "node:crypto";
import { badOption } from "../../worker/errors.ts";
import { inline } from "../../worker/markdown.ts";
import { ask, show } from "../../worker/show.ts";
import { shipTable, tableOf, type Table, type TableInput } from "../table-data.server.ts";
import { columnViews, type ColumnConfig } from "./dataframe-columns.server.ts";
import { dataframeSpec, type DataframeProps } from "./dataframe.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface DataframeOptions {
  /** Stands above the rows, beside search and download. */
  readonly title?: string;
  /** How columns are named and drawn, by their name in the data; text renames, `null` leaves a column out. */
  readonly columnConfig?: Readonly<Record<string, ColumnConfig>>;
  /** The columns to show, in this order. Default: all. */
  readonly columnOrder?: readonly string[];
  /** `"auto"` (default) shows at most ten rows at once, `"content"` all up to 10,000 px; a number is px. */
  readonly height?: "auto" | "content" | number;
  /** Default `"stretch"`; a number is px. */
  readonly width?: "stretch" | "content" | number;
  /** `false` numbers the rows, from 1. Default `true`. */
  readonly hideIndex?: boolean;
  /** Height of a row, in px. Default 36. */
  readonly rowHeight?: number;
  /** Stands in cells without a value. Default: a dash. */
  readonly placeholder?: string;
  /** What the table shows, for screen readers. */
  readonly alt?: string;
  /** Identity across changes; also its name in `st.sessionState`. */
  readonly key?: string;
}

export interface SelectableOptions extends DataframeOptions {
  /** Lets the viewer choose rows, and reruns when they do; a function is called before that. */
  readonly onSelect: "rerun" | (() => unknown);
  /** Default `"multi-row"`. */
  readonly selectionMode?: "single-row" | "multi-row";
}

export interface DataframeState {
  readonly selection: {
    /** Positions of the chosen rows in the data that was given, whatever the viewer's sorting. */
    readonly rows: readonly number[];
  };
}

/** Shows a table to work with: sort, search, resize, copy and download; any number of rows. */
export function dataframe(
  data: TableInput,
  options?: DataframeOptions & { readonly onSelect?: "ignore" },
): void;
/** The same, with rows that the viewer can choose: answers which ones are chosen. */
export function dataframe(data: TableInput, options: SelectableOptions): DataframeState;
export function dataframe(
  data: TableInput,
  options: DataframeOptions &
    Partial<Omit<SelectableOptions, "onSelect">> & { readonly onSelect?: unknown } = {},
): DataframeState | undefined {
  checkOptions(`st.dataframe(rows, { height: 400 })`, options);
  const { onSelect, selectionMode = "multi-row", title, key } = options;
  const typed = tableOf("dataframe", data);
  const base = baseProps(typed, options);
  if (onSelect === undefined || onSelect === "ignore") {
    show(dataframeSpec, base);
    return undefined;
  }
  if (onSelect !== "rerun" && typeof onSelect !== "function")
    throw badOption("dataframe", "onSelect", '"ignore", "rerun" or a function');
  const props: DataframeProps = { ...base, selection: selectionMode, print: fingerprint(typed) };
  const { rows } = ask(dataframeSpec, {
    label: title ?? "",
    options: {
      ...(key === undefined ? {} : { key }),
      onChange: onSelect === "rerun" ? "rerun" : (onSelect as () => unknown),
    },
    props,
    initial: { of: props.print ?? "", rows: [] },
    fromWire: (value) => ({ selection: { rows: value.rows } }),
    toWire(state) {
      const chosen = (state as Partial<DataframeState> | null | undefined)?.selection?.rows;
      return Array.isArray(chosen) ? { of: props.print ?? "", rows: chosen as readonly number[] } : undefined;
    },
  });
  return { selection: { rows } };
}

/** Rows that travel in the page, so that the first screen needs no second request. */
const firstRows = 50;

function baseProps(typed: Table, options: DataframeOptions): DataframeProps {
  const { title, hideIndex = true, rowHeight, placeholder, alt, width = "stretch" } = options;
  const { table, views } = columnViews(typed, options.columnConfig ?? {}, options.columnOrder);
  if (rowHeight !== undefined && !(rowHeight >= 20 && rowHeight <= 400))
    throw badOption("dataframe", "rowHeight", "a number of px from 20 to 400");
  return {
    data: shipTable("dataframe", table, firstRows),
    columns: views,
    ...(title === undefined ? {} : { title: inline(title) }),
    height: heightOf(options.height ?? "auto", typed.count, rowHeight ?? 36),
    ...(rowHeight === undefined ? {} : { rowHeight }),
    ...(hideIndex ? {} : { showIndex: true }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(alt === undefined ? {} : { alt }),
    ...(width === "stretch" ? {} : { width }),
  };
}

function heightOf(
  height: "auto" | "content" | number,
  count: number,
  rowHeight: number,
): DataframeProps["height"] {
  if (height === "auto") return { rows: Math.min(10, Math.max(1, count)) };
  if (height === "content") return { rows: Math.max(1, Math.min(count, Math.floor(10_000 / rowHeight))) };
  if (height >= 80 && height <= 10_000) return height;
  throw badOption("dataframe", "height", '"auto", "content" or a number of px from 80 to 10,000');
}

function fingerprint({ columns }: Table): string {
  return createHash("sha256").update(JSON.stringify(columns)).digest("base64url").slice(0, 22);
}

dataframe.specs = [dataframeSpec] as const;
