import {
  useDeferredValue,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from "react";
import { choiceLimits } from "../../elements/dataframe/dataframe.schema.ts";
import type { RichText } from "../../wire/rich-text.ts";
import { useLocale } from "../locale.tsx";
import { useStyle } from "../style.tsx";
import type { GridChoice } from "./grid-choice.ts";
import type { GridColumn } from "./grid-column.ts";
import { GridBody } from "./grid-body.tsx";
import { GridHead } from "./grid-head.tsx";
import { nextSorting, rowOrder, type Sorting } from "./grid-order.ts";
import { GridToolbar } from "./grid-toolbar.tsx";
import style from "./grid.module.css";
import { useColumnWidths, type ColumnWidths } from "./use-column-widths.ts";
import { useGridKeys } from "./use-grid-keys.ts";
import { headHeight, useRowWindow, type RowScroll } from "./use-row-window.ts";

export interface GridProps {
  readonly columns: readonly GridColumn[];
  /** Rows in all, of which the first may be all that has arrived. */
  readonly count: number;
  readonly state: "whole" | "loading" | "failed";
  readonly retry: () => void;
  readonly title: RichText | undefined;
  /** For screen readers. */
  readonly name: string;
  readonly height: { readonly rows: number } | number | "stretch";
  readonly rowHeight: number;
  readonly showIndex: boolean;
  readonly placeholder: string;
  readonly choice: GridChoice | undefined;
}

/** px of the columns that hold no data: numbers of rows, marks of chosen ones. */
const extraWidth = 44;

/** Rows and columns to work with: only the rows in sight are in the page. */
export function Grid(props: GridProps): ReactNode {
  const { columns, count, state } = props;
  const locale = useLocale();
  const [sorting, setSorting] = useState<Sorting>();
  const [search, setSearch] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const words = useDeferredValue(search);
  const order = useMemo(
    // Rows that have not arrived have no place in an order.
    () => (state === "whole" ? rowOrder(columns, count, { sorting, search: words, locale }) : undefined),
    [columns, count, sorting, words, locale, state],
  );
  return (
    <>
      <GridToolbar {...props} order={order} search={search} setSearch={setSearch} field={field} />
      <GridTable
        {...props}
        order={order}
        sorting={sorting}
        sortBy={(column) => setSorting(nextSorting(sorting, column))}
        field={field}
        words={words.trim()}
      />
    </>
  );
}

interface GridTableProps extends GridProps {
  readonly order: Uint32Array | undefined;
  readonly sorting: Sorting | undefined;
  readonly sortBy: (column: number) => void;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly words: string;
}

function GridTable(props: GridTableProps): ReactNode {
  const { columns, count, order, rowHeight, sorting, words } = props;
  const box = useRef<HTMLDivElement>(null);
  const shown = order?.length ?? count;
  const height = boxHeight(props);
  const whole = height ?? headHeight + count * rowHeight;
  const scroll = useRowWindow(box, { count: shown, rowHeight, height: whole });
  const widths = useColumnWidths(columns, useLocale());
  // Another order is read from its first row.
  useLayoutEffect(() => {
    box.current?.scrollTo({ top: 0 });
  }, [sorting, words]);
  const extra = extraColumns(props);
  const sized = useStyle({
    height,
    "--row": `${rowHeight}px`,
    "--table": widths.tableWidth(extra * extraWidth),
    "--pinned": `${extra * extraWidth}px`,
  });
  return (
    <div
      className={`${style["scroll"] ?? ""} ${sized}`}
      data-stretch={props.height === "stretch" ? "" : undefined}
      ref={box}
      onScroll={scroll.onScroll}
    >
      <Cells {...props} shown={shown} extra={extra} scroll={scroll} widths={widths} />
      {shown > 0 ? null : (
        <p className={style["empty"]}>{count === 0 ? "No rows to show." : `No row has “${words}” in it.`}</p>
      )}
    </div>
  );
}

interface CellsProps extends GridTableProps {
  readonly shown: number;
  readonly extra: number;
  readonly scroll: RowScroll;
  readonly widths: ColumnWidths;
}

function Cells(props: CellsProps): ReactNode {
  const { columns, choice, sorting, field, shown, extra, scroll, widths } = props;
  const id = useId();
  const search = (): boolean => {
    field.current?.focus();
    field.current?.select();
    return field.current !== null;
  };
  const { page, showRow } = scroll;
  const keys = useGridKeys({ ...props, id, page, showRow, search, resizeBy: widths.resizeBy });
  return (
    <table
      // The grid of ARIA, on the element that such rows are: native where there are no roles.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- native where there are no roles
      role="grid"
      id={id}
      className={style["grid"]}
      aria-label={props.name}
      aria-rowcount={shown + 1}
      aria-colcount={columns.length + extra}
      aria-multiselectable={isMany(choice) ? true : undefined}
      {...keys.handlers}
    >
      <Widths px={widths.px} extra={extra} />
      <GridHead
        id={id}
        columns={columns}
        showIndex={props.showIndex}
        choice={choice}
        rows={rowsShown(props)}
        sorting={sorting}
        active={keys.active}
        widths={widths}
      />
      <GridBody {...props} id={id} window={scroll.window} active={keys.active} block={keys.block} />
    </table>
  );
}

/** Columns that hold no data. */
function extraColumns({ showIndex, choice }: GridProps): number {
  return Number(showIndex) + Number(choice?.modes.rows !== undefined);
}

function isMany(choice: GridChoice | undefined): boolean {
  return Object.values(choice?.modes ?? {}).includes("multi");
}

/** The rows that are shown, where one choice can hold all of them. */
function rowsShown({ order, count, state, choice }: GridTableProps): readonly number[] | undefined {
  const shown = order?.length ?? count;
  if (choice?.modes.rows !== "multi" || state !== "whole" || shown === 0 || shown > choiceLimits.rows)
    return undefined;
  return Array.from(order?.toSorted() ?? { length: count }, (row, at) =>
    order === undefined ? at : Number(row),
  );
}

/** px of the box that scrolls; nothing where all rows fit. */
function boxHeight({ height, count, rowHeight }: GridProps): number | undefined {
  if (height === "stretch") return undefined;
  if (typeof height === "number") return height;
  return count > height.rows ? headHeight + height.rows * rowHeight : undefined;
}

function Widths({ px, extra }: { px: readonly number[]; extra: number }): ReactNode {
  return (
    <colgroup>
      {Array.from({ length: extra }, (_, at) => (
        <col key={`extra${at}`} width={extraWidth} />
      ))}
      {px.map((width, at) => (
        <col key={at} width={width} />
      ))}
    </colgroup>
  );
}
