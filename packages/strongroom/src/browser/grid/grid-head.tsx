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
  readonly extra: number;
  readonly sorting: Sorting | undefined;
  readonly active: Spot | undefined;
  readonly widths: ColumnWidths;
}

/** The names of the columns: a click sorts, the edge resizes. */
export function GridHead({ id, columns, extra, sorting, active, widths }: GridHeadProps): ReactNode {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {Array.from({ length: extra }, (_, at) => (
          <td key={`extra${at}`} className={style["corner"]} />
        ))}
        {columns.map((column, at) => (
          <HeadCell
            key={at}
            id={cellId(id, { row: -1, column: at })}
            at={at}
            extra={extra}
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
  readonly extra: number;
  readonly column: GridColumn;
  readonly descending: boolean | undefined;
  readonly isActive: boolean;
  readonly widths: ColumnWidths;
}

function HeadCell({ id, at, extra, column, descending, isActive, widths }: HeadCellProps): ReactNode {
  return (
    <th
      id={id}
      scope="col"
      role="columnheader"
      className={`${style["head"] ?? ""} ${style[column.align] ?? ""} ${column.pinned && at === 0 ? (style["pinned"] ?? "") : ""}`}
      aria-colindex={at + extra + 1}
      aria-sort={descending === undefined ? "none" : descending ? "descending" : "ascending"}
      data-column={at}
      data-spot={`-1,${at}`}
      data-here={isActive ? "" : undefined}
    >
      <span className={style["name"]}>
        <span className={style["label"]} title={column.label}>
          {column.label}
        </span>
        <Help text={column.help} />
        {descending === undefined ? null : (
          <Icon name={descending ? "arrow-down" : "arrow-up"} size={13} className={style["sorted"]} />
        )}
      </span>
      <span
        className={style["edge"]}
        data-resize=""
        aria-hidden="true"
        onPointerDown={(event) => widths.drag(at, event)}
        onPointerMove={(event) => widths.drag(at, event)}
        onPointerUp={(event) => widths.drag(at, event)}
        onPointerCancel={(event) => widths.drag(at, event)}
        onDoubleClick={() => widths.fit(at)}
      />
    </th>
  );
}
