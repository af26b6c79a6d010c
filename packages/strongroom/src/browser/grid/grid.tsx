import { useDeferredValue, useId, useMemo, useState, type ReactNode } from "react";
import type { RichText } from "../../wire/rich-text.ts";
import { useLocale } from "../locale.tsx";
import { useStyle } from "../style.tsx";
import type { GridColumn } from "./grid-column.ts";
import { GridBody } from "./grid-body.tsx";
import { GridHead } from "./grid-head.tsx";
import { nextSorting, rowOrder, type Sorting } from "./grid-order.ts";
import { GridToolbar } from "./grid-toolbar.tsx";
import style from "./grid.module.css";
import { useColumnWidths } from "./use-column-widths.ts";
import { useGridKeys } from "./use-grid-keys.ts";
import { headHeight, useRowWindow } from "./use-row-window.ts";

/** Rows that the viewer has chosen. */
export interface RowChoice {
  readonly mode: "single-row" | "multi-row";
  readonly rows: readonly number[];
  readonly choose: (rows: readonly number[]) => void;
}

export interface GridProps {
  readonly columns: readonly GridColumn[];
  /** Rows in all, of which the first may be all that has arrived. */
  readonly count: number;
  readonly state: "whole" | "loading" | "failed";
  readonly retry: () => void;
  readonly title: RichText | undefined;
  /** For screen readers. */
  readonly name: string;
  readonly height: { readonly rows: number } | number;
  readonly rowHeight: number;
  readonly showIndex: boolean;
  readonly placeholder: string;
  readonly choice: RowChoice | undefined;
}

/** Rows and columns to work with: only the rows in sight are in the page. */
export function Grid(props: GridProps): ReactNode {
  const { columns, count, state, height, rowHeight, choice } = props;
  const locale = useLocale();
  const id = useId();
  const [sorting, setSorting] = useState<Sorting>();
  const [search, setSearch] = useState("");
  const words = useDeferredValue(search);
  // Rows that have not arrived have no place in an order.
  const order = useMemo(
    () => (state === "whole" ? rowOrder(columns, count, { sorting, search: words, locale }) : undefined),
    [columns, count, sorting, words, locale, state],
  );
  const shown = order?.length ?? count;
  const fixedHeight =
    typeof height === "number"
      ? height
      : count > height.rows
        ? headHeight + height.rows * rowHeight
        : undefined;
  const scroll = useRowWindow({
    count: shown,
    rowHeight,
    height: fixedHeight ?? headHeight + count * rowHeight,
  });
  const widths = useColumnWidths(columns, locale);
  const extra = Number(props.showIndex) + Number(choice !== undefined);
  const keys = useGridKeys({
    id,
    columns,
    order,
    shown,
    scroll,
    choice,
    sortBy: (column) => setSorting(nextSorting(sorting, column)),
    resize: widths.resizeBy,
  });
  const sized = useStyle({
    height: fixedHeight,
    "--row": `${rowHeight}px`,
    "--table": widths.tableWidth(extra),
    "--pinned": `${extra * 44}px`,
  });
  const columnCount = columns.length + extra;
  return (
    <>
      <GridToolbar
        title={props.title}
        columns={columns}
        count={count}
        shown={shown}
        state={state}
        retry={props.retry}
        search={search}
        setSearch={setSearch}
        order={order}
        searchRef={keys.search}
        name={props.name}
      />
      <div className={`${style["scroll"] ?? ""} ${sized}`} ref={scroll.element} onScroll={scroll.onScroll}>
        <table
          id={id}
          className={style["grid"]}
          role="grid"
          aria-label={props.name}
          aria-rowcount={shown + 1}
          aria-colcount={columnCount}
          aria-multiselectable={choice?.mode === "multi-row" ? true : undefined}
          data-active={keys.active === undefined ? undefined : ""}
          {...keys.handlers}
        >
          <colgroup>
            {Array.from({ length: extra }, (_, at) => (
              <col key={`extra${at}`} width={44} />
            ))}
            {widths.px.map((width, at) => (
              <col key={at} width={width} />
            ))}
          </colgroup>
          <GridHead
            id={id}
            columns={columns}
            extra={extra}
            sorting={sorting}
            active={keys.active}
            widths={widths}
          />
          <GridBody id={id} {...props} order={order} extra={extra} window={scroll.window} keys={keys} />
        </table>
        {shown === 0 ? (
          <p className={style["empty"]}>
            {count === 0 ? "No rows to show." : `No row has “${words.trim()}” in it.`}
          </p>
        ) : null}
      </div>
    </>
  );
}
