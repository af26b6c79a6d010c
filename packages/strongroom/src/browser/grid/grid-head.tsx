import type { ReactNode } from "react";
import { Help } from "../controls/help.tsx";
import { Icon } from "../controls/icon.tsx";
import type { GridColumn } from "./grid-column.ts";
import type { Spot } from "./grid-moves.ts";
import type { Sorting } from "./grid-order.ts";
import style from "./grid.module.css";
import type { ColumnWidths } from "./use-column-widths.ts";
import { cellId } from "./use-grid-keys.ts";

interface GridHeadProps {
  readonly id: string;
  readonly columns: readonly GridColumn[];
  readonly showIndex: boolean;
  readonly isChoosing: boolean;
  readonly sorting: Sorting | undefined;
  readonly active: Spot | undefined;
  readonly widths: ColumnWidths;
}

/** The names of the columns: a click sorts, the edge resizes. */
export function GridHead({
  id,
  columns,
  showIndex,
  isChoosing,
  sorting,
  active,
  widths,
}: GridHeadProps): ReactNode {
  const extra = [...(isChoosing ? ["Chosen"] : []), ...(showIndex ? ["Row"] : [])];
  return (
    <thead>
      <tr aria-rowindex={1}>
        {extra.map((name, at) => (
          <th key={name} scope="col" aria-colindex={at + 1}>
            <span className={style["unseen"]}>{name}</span>
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
            widths={widths}
          />
        ))}
      </tr>
    </thead>
  );
}

interface HeadCellProps {
  readonly id: string;
  readonly at: number;
  readonly colIndex: number;
  readonly column: GridColumn;
  readonly descending: boolean | undefined;
  readonly isActive: boolean;
  readonly widths: ColumnWidths;
}

function HeadCell({ id, at, colIndex, column, descending, isActive, widths }: HeadCellProps): ReactNode {
  const { label, help, align, pinned } = column;
  return (
    <th
      id={id}
      scope="col"
      className={`${style["head"] ?? ""} ${style[align] ?? ""} ${pinned && at === 0 ? (style["pinned"] ?? "") : ""}`}
      aria-colindex={colIndex}
      aria-sort={descending === undefined ? "none" : descending ? "descending" : "ascending"}
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
