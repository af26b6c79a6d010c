import { memo, useMemo, type ReactNode } from "react";
import { Icon } from "../controls/icon.tsx";
import { useLocale } from "../locale.tsx";
import type { Choosing } from "../../elements/dataframe/dataframe.schema.ts";
import { GridCell, type CellChoice } from "./grid-cell.tsx";
import type { GridChoice } from "./grid-choice.ts";
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
  const { rows, cells: chosenCells, columns: chosenColumns } = useChosen(choice, columns);
  const span = columns.length + Number(showIndex) + Number(rows !== undefined);
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
            chosen={rows === undefined ? undefined : choice?.chosen.rows.includes(source)}
            many={rows === "multi"}
            chosenCells={chosenCells === undefined ? undefined : (chosenCells.get(source) ?? "")}
            chosenColumns={chosenColumns}
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

interface ChosenParts {
  readonly rows: Choosing["rows"];
  /** Nothing where cells cannot be chosen. */
  readonly cells: ReadonlyMap<number, string> | undefined;
  readonly columns: string | undefined;
}

function useChosen(choice: GridChoice | undefined, columns: readonly GridColumn[]): ChosenParts {
  const { modes, chosen } = choice ?? noChoice;
  const { cells, columns: names } = chosen;
  const byRows = useMemo(() => byRow(cells, columns), [cells, columns]);
  const places = columns.flatMap(({ name }, at) => (names.includes(name) ? [at] : [])).join();
  return {
    rows: modes.rows,
    cells: modes.cells === undefined ? undefined : byRows,
    columns: modes.columns === undefined ? undefined : places,
  };
}

const noChoice: Pick<GridChoice, "modes" | "chosen"> = {
  modes: {},
  chosen: { rows: [], columns: [], cells: [] },
};

/** Positions of the chosen columns by row, as text: a row is drawn again when it changes. */
function byRow(
  cells: readonly (readonly [row: number, column: string])[],
  columns: readonly GridColumn[],
): ReadonlyMap<number, string> {
  const places = new Map(columns.map(({ name }, at) => [name, at]));
  const rows = new Map<number, string>();
  for (const [row, name] of cells) {
    const before = rows.get(row);
    rows.set(row, before === undefined ? `${places.get(name)}` : `${before},${places.get(name)}`);
  }
  return rows;
}

function Space({ height, span }: { height: number; span: number }): ReactNode {
  if (height === 0) return null;
  return (
    <tr aria-hidden="true">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- empty space is no control */}
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
  readonly chosenCells: string | undefined;
  readonly chosenColumns: string | undefined;
  readonly activeColumn: number;
  readonly left: number;
  readonly right: number;
}

const GridRow = memo(function GridRow(props: GridRowProps): ReactNode {
  const { id, row, source, columns, locale, placeholder, showIndex, chosen, activeColumn, left, right } =
    props;
  const extra = Number(showIndex) + Number(chosen !== undefined);
  const chosenAt = chooser(props);
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
          chosen={chosenAt(at)}
          isTaken={isBlock && at >= left && at <= right && left >= 0}
        />
      ))}
    </tr>
  );
});

/** Says of a column's position in a row whether its cell is chosen, alone or with its column. */
function chooser({ chosenCells, chosenColumns }: GridRowProps): (at: number) => CellChoice {
  if (chosenCells === undefined && chosenColumns === undefined) return () => undefined;
  const cells = new Set(chosenCells?.split(","));
  const columns = new Set(chosenColumns?.split(","));
  return (at) => (cells.has(String(at)) ? "cell" : columns.has(String(at)) ? "column" : "no");
}

function Chooser({ row, isChosen, isMany }: { row: number; isChosen: boolean; isMany: boolean }): ReactNode {
  return (
    <td className={style["choose"]} aria-colindex={1} data-choose={row}>
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
