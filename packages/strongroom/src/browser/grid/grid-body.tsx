import { memo, type ReactNode } from "react";
import { Icon } from "../controls/icon.tsx";
import { useLocale } from "../locale.tsx";
import { GridCell } from "./grid-cell.tsx";
import type { GridColumn } from "./grid-column.ts";
import { isWithin, type Block, type Spot } from "./grid-moves.ts";
import type { RowWindow } from "./grid-window.ts";
import style from "./grid.module.css";
import type { GridProps } from "./grid.tsx";
import { cellId } from "./use-grid-keys.ts";

interface GridBodyProps extends GridProps {
  readonly id: string;
  readonly order: Uint32Array | undefined;
  readonly window: RowWindow;
  readonly active: Spot | undefined;
  readonly block: Block | undefined;
}

/** The rows in sight, between the space of those that are not. */
export function GridBody(props: GridBodyProps): ReactNode {
  const { id, columns, order, window, active, block, choice, showIndex, placeholder } = props;
  const locale = useLocale();
  const { from, to, above, below } = window;
  const span = columns.length + Number(showIndex) + Number(choice !== undefined);
  const slots = Math.max(1, to - from);
  return (
    <tbody>
      <Space height={above} span={span} />
      {Array.from({ length: to - from }, (_, offset) => {
        const row = from + offset;
        const source = order?.[row] ?? row;
        return (
          <GridRow
            // A row that comes into sight takes the elements of one that went.
            key={row % slots}
            id={id}
            row={row}
            source={source}
            columns={columns}
            locale={locale}
            placeholder={placeholder}
            showIndex={showIndex}
            chosen={choice === undefined ? undefined : choice.rows.includes(source)}
            many={choice?.mode === "multi-row"}
            activeColumn={active?.row === row ? active.column : -1}
            left={block !== undefined && isWithin(block, row, block.left) ? block.left : -1}
            right={block !== undefined && isWithin(block, row, block.left) ? block.right : -1}
          />
        );
      })}
      <Space height={below} span={span} />
    </tbody>
  );
}

function Space({ height, span }: { height: number; span: number }): ReactNode {
  if (height === 0) return null;
  return (
    <tr aria-hidden="true">
      {/* Empty space is no control. */}
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label */}
      <td className={style["space"]} colSpan={span} height={height} />
    </tr>
  );
}

interface GridRowProps {
  readonly id: string;
  readonly row: number;
  readonly source: number;
  readonly columns: readonly GridColumn[];
  readonly locale: string;
  readonly placeholder: string;
  readonly showIndex: boolean;
  readonly chosen: boolean | undefined;
  readonly many: boolean;
  readonly activeColumn: number;
  readonly left: number;
  readonly right: number;
}

const GridRow = memo(function GridRow(props: GridRowProps): ReactNode {
  const { id, row, source, columns, locale, placeholder, showIndex, chosen, activeColumn, left, right } =
    props;
  const extra = Number(showIndex) + Number(chosen !== undefined);
  const isBlock = left !== right || left < 0 || activeColumn !== left;
  return (
    <tr className={style["row"]} aria-rowindex={row + 2} aria-selected={chosen}>
      {chosen === undefined ? null : <Chooser row={row} isChosen={chosen} isMany={props.many} />}
      {showIndex ? (
        <td className={style["index"]} role="rowheader" aria-colindex={extra}>
          {source + 1}
        </td>
      ) : null}
      {columns.map((column, at) => (
        <GridCell
          key={at}
          id={cellId(id, { row, column: at })}
          spot={`${row},${at}`}
          colIndex={at + extra + 1}
          column={column}
          source={source}
          locale={locale}
          placeholder={placeholder}
          isPinned={column.pinned && at === 0}
          isHere={at === activeColumn}
          isTaken={isBlock && at >= left && at <= right && left >= 0}
        />
      ))}
    </tr>
  );
});

function Chooser({ row, isChosen, isMany }: { row: number; isChosen: boolean; isMany: boolean }): ReactNode {
  return (
    <td className={style["choose"]} aria-colindex={1} data-spot={`${row},0`}>
      <span
        className={style["mark"]}
        data-round={isMany ? undefined : ""}
        data-on={isChosen ? "" : undefined}
      >
        {isChosen ? <Icon name="check" size={12} /> : null}
      </span>
    </td>
  );
}
