import type { ReactNode } from "react";
import { Help } from "../controls/help.tsx";
import { Icon } from "../controls/icon.tsx";
import { toggledRows, type GridChoice } from "./grid-choice.ts";
import type { GridColumn } from "./grid-column.ts";
import type { Spot } from "./grid-moves.ts";
import type { Sorting } from "./grid-order.ts";
import unseen from "../controls/unseen.module.css";
import style from "./grid.module.css";
import type { ColumnWidths } from "./use-column-widths.ts";
import { cellId } from "./use-grid-keys.ts";

interface GridHeadProps {
  readonly id: string;
  readonly columns: readonly GridColumn[];
  readonly showIndex: boolean;
  readonly choice: GridChoice | undefined;
  /** The rows that are shown, where all of them can be chosen at once. */
  readonly rows: readonly number[] | undefined;
  readonly sorting: Sorting | undefined;
  readonly active: Spot | undefined;
  readonly widths: ColumnWidths;
}

/** The names of the columns: a click sorts, the edge resizes. */
export function GridHead(props: GridHeadProps): ReactNode {
  const { id, columns, showIndex, choice, rows, sorting, active, widths } = props;
  const extra = [...(choice?.modes.rows === undefined ? [] : ["Chosen"]), ...(showIndex ? ["Row"] : [])];
  return (
    <thead>
      <tr aria-rowindex={1}>
        {extra.map((name, at) => (
          <th key={name} scope="col" aria-colindex={at + 1}>
            <Extra name={name} choice={choice} rows={rows} />
          </th>
        ))}
        {columns.map((column, at) => (
          <HeadCell
            key={at}
            id={cellId(id, { row: -1, column: at })}
            at={at}
            colIndex={at + extra.length + 1}
            column={column}
            descending={sorting?.column === at ? sorting.descending : undefined}
            isActive={active?.row === -1 && active.column === at}
            isChosen={isChosen(choice, column)}
            widths={widths}
          />
        ))}
      </tr>
    </thead>
  );
}

type ExtraProps = Pick<GridHeadProps, "choice" | "rows"> & { readonly name: string };

function Extra({ name, choice, rows }: ExtraProps): ReactNode {
  if (name === "Chosen" && choice !== undefined && rows !== undefined)
    return <EveryRow choice={choice} rows={rows} />;
  return <span className={unseen["unseen"]}>{name}</span>;
}

/** Chooses all rows that are shown, or none. */
function EveryRow({ choice, rows }: { choice: GridChoice; rows: readonly number[] }): ReactNode {
  const { length } = choice.chosen.rows;
  const isAll = length >= rows.length;
  return (
    <button
      type="button"
      role="checkbox"
      className={style["every"]}
      aria-label="All rows"
      aria-checked={isAll ? true : length > 0 ? "mixed" : false}
      onClick={() => choice.choose(toggledRows(choice, rows))}
    >
      <span className={style["mark"]} data-on={length > 0 ? "" : undefined}>
        {length === 0 ? null : <Icon name={isAll ? "check" : "minus"} size={12} />}
      </span>
    </button>
  );
}

interface HeadCellProps {
  readonly id: string;
  readonly at: number;
  readonly colIndex: number;
  readonly column: GridColumn;
  readonly descending: boolean | undefined;
  readonly isActive: boolean;
  /** Nothing where columns cannot be chosen. */
  readonly isChosen: boolean | undefined;
  readonly widths: ColumnWidths;
}

function HeadCell(props: HeadCellProps): ReactNode {
  const { id, at, colIndex, column, descending, isActive, isChosen, widths } = props;
  const { label, help, align, pinned } = column;
  return (
    <th
      id={id}
      scope="col"
      className={`${style["head"] ?? ""} ${style[align] ?? ""} ${pinned && at === 0 ? (style["pinned"] ?? "") : ""}`}
      aria-colindex={colIndex}
      aria-sort={isChosen === undefined ? sortOf(descending) : undefined}
      aria-selected={isChosen}
      data-chosen={isChosen === true ? "" : undefined}
      data-column={at}
      data-spot={`-1,${at}`}
      data-here={isActive ? "" : undefined}
    >
      <span className={style["name"]}>
        <span className={style["label"]} title={label}>
          {label}
        </span>
        <Help text={help} />
        {descending === undefined ? null : (
          <Icon name={descending ? "arrow-down" : "arrow-up"} size={13} className={style["sorted"]} />
        )}
      </span>
      <Edge at={at} widths={widths} />
    </th>
  );
}

/** Nothing where columns cannot be chosen; where they can, a click does not sort. */
function isChosen(choice: GridChoice | undefined, { name }: GridColumn): boolean | undefined {
  return choice?.modes.columns === undefined ? undefined : choice.chosen.columns.includes(name);
}

function sortOf(descending: boolean | undefined): "none" | "ascending" | "descending" {
  return descending === undefined ? "none" : descending ? "descending" : "ascending";
}

/** Where a column can be drawn wider; by keyboard it is Alt with an arrow. */
function Edge({ at, widths }: { at: number; widths: ColumnWidths }): ReactNode {
  const drag = (event: React.PointerEvent<HTMLElement>): void => widths.drag(at, event);
  return (
    <span
      className={style["edge"]}
      data-resize=""
      aria-hidden="true"
      onPointerDown={drag}
      onPointerMove={drag}
      onPointerUp={drag}
      onPointerCancel={drag}
      onDoubleClick={() => widths.fit(at)}
    />
  );
}
