import { optionNames } from "../../worker/option-names.ts";
import { createHash } from "node:crypto";
import { badOption } from "../../worker/errors.ts";
import { inline } from "../../worker/markdown.ts";
import { place } from "../../worker/run.ts";
import { ask, enclosingForm } from "../../worker/ask.ts";
import { show } from "../../worker/show.ts";
import {
  columnNamed,
  shipTable,
  tableOf,
  withAsked,
  type Table,
  type TableInput,
} from "../table-data.server.ts";
import { buttonsIn, clicksOf, withButtons } from "./dataframe-buttons.server.ts";
import { columnViews } from "./dataframe-columns.server.ts";
import type { ColumnConfig } from "./dataframe-config.server.ts";
import {
  answerFrom,
  choosingOf,
  type ColumnOf,
  type DataframeSelection,
  type DataframeState,
  type SelectionMode,
} from "./dataframe-selection.server.ts";
import { rawCells, sentCells, type Pictures } from "./dataframe-values.server.ts";
import { dataframeSpec, type DataframeProps } from "./dataframe.schema.ts";
import { checkOptions } from "../check-options.server.ts";

export interface DataframeOptions {
  /** Stands above the rows, beside search and download. */
  readonly title?: string;
  /** How columns are named and drawn, by their name in the data; text renames, `null` leaves a column out. */
  readonly columnConfig?: Readonly<Record<string, ColumnConfig>>;
  /** The columns to show, in this order. Default: all. */
  readonly columnOrder?: readonly string[];
  /**
   * `"auto"` (default) shows at most ten rows at once, `"content"` all up to 10,000 px, `"stretch"` fills its container;
   * a number is px.
   */
  readonly height?: "auto" | "content" | "stretch" | number;
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
  /**
   * Identity across changes, also of the data: what is chosen stays as long as it fits. Without one, other data begin
   * without a choice. Also its name in `st.sessionState`.
   */
  readonly key?: string;
}

export interface SelectableOptions<Column extends string = string> extends DataframeOptions {
  /** Lets the viewer choose, and reruns when they do; a function is called before that. */
  readonly onSelect: "rerun" | (() => unknown);
  /** What can be chosen; a list of at most one mode each for rows, columns and cells. Default `"multi-row"`. */
  readonly selectionMode?: SelectionMode | readonly SelectionMode[];
  /**
   * The column that says which row is which: what is chosen stays when other columns change, and no longer than the same
   * rows stand in the same places. Default: with a `key` whatever fits stays, without one only what is wholly the same.
   */
  readonly rowId?: Column;
  /** What is chosen until the viewer chooses; what the data does not hold is left out. Default: nothing. */
  readonly selectionDefault?: { readonly selection: Partial<DataframeSelection<Column>> };
}

type GivenOptions = DataframeOptions &
  Partial<Omit<SelectableOptions, "onSelect">> & { readonly onSelect?: unknown };

const known = optionNames<GivenOptions>()({
  title: true,
  columnConfig: true,
  columnOrder: true,
  height: true,
  width: true,
  hideIndex: true,
  rowHeight: true,
  placeholder: true,
  alt: true,
  key: true,
  onSelect: true,
  selectionMode: true,
  rowId: true,
  selectionDefault: true,
});

/** Shows a table to work with: sort, search, resize, copy and download; any number of rows. */
export function dataframe(
  data: TableInput,
  options?: DataframeOptions & { readonly onSelect?: "ignore" },
): void;
/** The same, with rows, columns or cells that the viewer can choose: answers which ones are chosen. */
export function dataframe<D extends TableInput>(
  data: D,
  options: SelectableOptions<ColumnOf<D>>,
): DataframeState<ColumnOf<D>>;
export function dataframe(data: TableInput, options: GivenOptions = {}): DataframeState | undefined {
  checkOptions(`st.dataframe(rows, { height: 400 })`, options, known);
  const { onSelect = "ignore", columnConfig = {} } = options;
  const pictures: Pictures = new Map();
  const given = tableOf("dataframe", data, rawCells(columnConfig, pictures));
  const { columnOrder, rowId } = options;
  const ordered: readonly string[] = Array.isArray(columnOrder) ? columnOrder : [];
  const typed = withAsked(given, { names: [...Object.keys(columnConfig), ...ordered, rowId] });
  const { table, views } = columnViews(typed, columnConfig, options.columnOrder);
  const buttons = buttonsIn(columnConfig);
  const props: DataframeProps = {
    data: shipTable("dataframe", sentCells(table, columnConfig, pictures), firstRows),
    columns: views,
    ...frameProps(typed.count, options),
  };
  if (options.rowId !== undefined && onSelect === "ignore")
    throw badOption("dataframe", "rowId", "given together with `onSelect`");
  if (onSelect !== "ignore" && onSelect !== "rerun" && typeof onSelect !== "function")
    throw badOption("dataframe", "onSelect", '"ignore", "rerun" or a function');
  const isChosen = onSelect !== "ignore";
  if (!isChosen && buttons.size === 0) return void show(dataframeSpec, props);
  const asked: Asked = { props, typed, table, isChosen, buttons };
  const state = choice(asked, options);
  return isChosen ? state : undefined;
}

interface Asked {
  readonly props: DataframeProps;
  /** The data as it was given; `table` is what of it is shown. */
  readonly typed: Table;
  readonly table: Table;
  readonly isChosen: boolean;
  readonly buttons: ReturnType<typeof buttonsIn>;
}

/** Shows the table as a question: what is chosen, and which button is clicked. */
function choice({ props, typed, table, isChosen, buttons }: Asked, options: GivenOptions): DataframeState {
  const { onSelect, selectionMode = "multi-row", selectionDefault, title = "", key, rowId } = options;
  const choosing = isChosen ? choosingOf(selectionMode) : {};
  // With a key it is the same question whatever the data: what is chosen stays as long as it fits.
  const print =
    rowId !== undefined ? fingerprintOf(typed, rowId) : key === undefined ? fingerprint(typed) : "";
  const choosable = { print, table, choosing };
  if (buttons.size > 0 && enclosingForm(place().run, place().container) !== undefined)
    throw badOption("dataframe", "columnConfig", "without button columns inside a form");
  const answer = ask(buttons.size > 0 ? withButtons(table) : dataframeSpec, {
    label: title,
    options: {
      ...(key === undefined ? {} : { key }),
      // It was checked to be one where it is neither of the words.
      ...(typeof onSelect === "function" ? { onChange: onSelect as () => unknown } : {}),
    },
    props: { ...props, print, ...(isChosen ? { selection: choosing } : {}) },
    initial: answerFrom(selectionDefault, choosable),
    fromWire: stateOf,
    toWire: (state) => answerFrom(state, choosable),
    ...(buttons.size === 0 ? {} : { clicks: clicksOf(buttons) }),
  });
  return stateOf(answer);
}

function stateOf({ rows, columns, cells }: DataframeSelection): DataframeState {
  return { selection: { rows, columns, cells } };
}

/** Rows that travel in the page, so that the first screen needs no second request. */
const firstRows = 50;

function frameProps(count: number, options: DataframeOptions): Omit<DataframeProps, "data" | "columns"> {
  const { title, hideIndex = true, rowHeight, placeholder, alt, width = "stretch" } = options;
  if (rowHeight !== undefined && !(rowHeight >= 20 && rowHeight <= 400))
    throw badOption("dataframe", "rowHeight", "a number of px from 20 to 400");
  return {
    ...(title === undefined ? {} : { title: inline(title) }),
    height: heightOf(options.height ?? "auto", count, rowHeight ?? 36),
    ...(rowHeight === undefined ? {} : { rowHeight }),
    ...(hideIndex ? {} : { showIndex: true }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(alt === undefined ? {} : { alt }),
    ...(width === "stretch" ? {} : { width }),
  };
}

function heightOf(
  height: NonNullable<DataframeOptions["height"]>,
  count: number,
  rowHeight: number,
): DataframeProps["height"] {
  if (height === "stretch") return height;
  if (height === "auto") return { rows: Math.min(10, Math.max(1, count)) };
  if (height === "content") return { rows: Math.max(1, Math.min(count, Math.floor(10_000 / rowHeight))) };
  if (height >= 80 && height <= 10_000) return height;
  throw badOption("dataframe", "height", '"auto", "content", "stretch" or a number of px from 80 to 10,000');
}

/** The same for the same rows in the same places, whatever else stands in them. */
function fingerprintOf(table: Table, name: string): string {
  const column = table.columns[columnNamed({ element: "dataframe", option: "rowId", name }, table)];
  return fingerprint({ count: table.count, columns: column === undefined ? [] : [column] });
}

function fingerprint({ columns }: Table): string {
  return createHash("sha256").update(JSON.stringify(columns)).digest("base64url").slice(0, 22);
}

dataframe.specs = [dataframeSpec] as const;
