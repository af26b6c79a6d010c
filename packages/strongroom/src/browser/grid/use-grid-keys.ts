import {
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
} from "react";
import type { GridColumn } from "./grid-column.ts";
import { blockOf, moved, type Block, type Spot } from "./grid-moves.ts";
import { separatedText, withHead } from "./grid-text.ts";
import type { RowChoice } from "./grid.tsx";
import type { RowScroll } from "./use-row-window.ts";

interface GridKeysInput {
  readonly id: string;
  readonly columns: readonly GridColumn[];
  readonly order: Uint32Array | undefined;
  readonly shown: number;
  readonly scroll: RowScroll;
  readonly choice: RowChoice | undefined;
  readonly sortBy: (column: number) => void;
  readonly resize: (column: number, px: number, table: HTMLElement) => void;
}

export interface GridKeys {
  readonly active: Spot | undefined;
  /** The cells that a copy takes. */
  readonly block: Block | undefined;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly toggle: (row: number) => void;
  readonly handlers: {
    readonly tabIndex: number;
    readonly "aria-activedescendant": string | undefined;
    readonly onFocus: () => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
    readonly onCopy: (event: ClipboardEvent) => void;
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onClick: (event: React.MouseEvent<HTMLElement>) => void;
  };
}

/** The id of a cell: where the keyboard stands is told to screen readers by it. */
export function cellId(grid: string, { row, column }: Spot): string {
  return `${grid}r${row < 0 ? "h" : row}c${column}`;
}

/** What keys and pointer do in the grid: one stop for Tab, arrows within. */
export function useGridKeys(input: GridKeysInput): GridKeys {
  const { id, columns, order, shown, scroll, choice } = input;
  const [spots, setSpots] = useState<{ readonly active: Spot; readonly anchor: Spot }>();
  const search = useRef<HTMLInputElement>(null);
  const active = spots === undefined ? undefined : within(spots.active, shown, columns.length);
  const block =
    spots === undefined || active === undefined || active.row < 0 ? undefined : blockOf(active, spots.anchor);
  const sourceRow = (row: number): number => order?.[row] ?? row;
  const go = (to: Spot, extend: boolean): void => {
    setSpots((before) => ({ active: to, anchor: extend && before !== undefined ? before.anchor : to }));
    scroll.show(to.row);
  };
  const toggle = (row: number): void => {
    if (choice === undefined) return;
    const source = sourceRow(row);
    const isChosen = choice.rows.includes(source);
    if (isChosen) choice.choose(choice.rows.filter((one) => one !== source));
    else
      choice.choose(choice.mode === "single-row" ? [source] : [...choice.rows, source].sort((a, b) => a - b));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { key, shiftKey, altKey, currentTarget } = event;
    const at = active ?? { row: 0, column: 0 };
    if (event.target !== currentTarget) return;
    const taken = ((): boolean => {
      if ((event.ctrlKey || event.metaKey) && key === "f" && search.current !== null)
        return focusOn(search.current);
      if ((event.ctrlKey || event.metaKey) && key === "a") {
        setSpots({ anchor: { row: 0, column: 0 }, active: { row: shown - 1, column: columns.length - 1 } });
        return true;
      }
      if (altKey && at.row < 0 && (key === "ArrowLeft" || key === "ArrowRight")) {
        input.resize(at.column, key === "ArrowLeft" ? -16 : 16, currentTarget);
        return true;
      }
      if (altKey) return false;
      if (key === "Enter" || key === " ") return act(at, key, currentTarget);
      const to = moved(at, event, { rows: shown, columns: columns.length, page: scroll.page });
      if (to === undefined) return false;
      go(to, shiftKey);
      return true;
    })();
    if (taken) event.preventDefault();
  };
  const act = (at: Spot, key: string, grid: HTMLElement): boolean => {
    if (at.row < 0) {
      input.sortBy(at.column);
      return true;
    }
    const link =
      key === "Enter" ? grid.querySelector<HTMLElement>(`[data-spot="${at.row},${at.column}"] a`) : null;
    if (link === null && choice === undefined) return false;
    if (link === null) toggle(at.row);
    else link.click();
    return true;
  };
  return {
    active,
    block,
    search,
    toggle,
    handlers: {
      tabIndex: 0,
      "aria-activedescendant": active === undefined ? undefined : cellId(id, active),
      onFocus: () =>
        setSpots(
          (before) =>
            before ?? { active: { row: shown === 0 ? -1 : 0, column: 0 }, anchor: { row: 0, column: 0 } },
        ),
      onKeyDown,
      onCopy: (event) => {
        if (block === undefined || !(event.target instanceof HTMLTableElement)) return;
        event.clipboardData.setData("text/plain", copied(columns, block, sourceRow));
        event.preventDefault();
      },
      onPointerDown: (event) => {
        const spot = spotOf(event.target);
        if (spot !== undefined && event.button === 0)
          setSpots((before) => ({
            active: spot,
            anchor: event.shiftKey && before !== undefined ? before.anchor : spot,
          }));
      },
      onPointerMove: (event) => {
        if (
          event.buttons !== 1 ||
          event.pointerType !== "mouse" ||
          spots === undefined ||
          spots.anchor.row < 0
        )
          return;
        const spot = spotOf(event.target);
        if (
          spot !== undefined &&
          spot.row >= 0 &&
          (spot.row !== spots.active.row || spot.column !== spots.active.column)
        ) {
          setSpots({ anchor: spots.anchor, active: spot });
        }
      },
      onClick: (event) => {
        const spot = spotOf(event.target);
        if (
          spot === undefined ||
          (event.target instanceof Element && event.target.closest("a, [data-resize]") !== null)
        )
          return;
        if (spot.row < 0) input.sortBy(spot.column);
        else if (
          !event.shiftKey &&
          (block === undefined || (block.top === block.bottom && block.left === block.right))
        )
          toggle(spot.row);
      },
    },
  };
}

function within({ row, column }: Spot, rows: number, columns: number): Spot {
  return { row: Math.min(row, rows - 1), column: Math.min(column, columns - 1) };
}

function focusOn(input: HTMLInputElement): boolean {
  input.focus();
  input.select();
  return true;
}

function spotOf(target: EventTarget): Spot | undefined {
  if (!(target instanceof Element)) return undefined;
  const [row, column] = (target.closest<HTMLElement>("[data-spot]")?.dataset["spot"] ?? "")
    .split(",")
    .map(Number);
  return row === undefined || column === undefined ? undefined : { row, column };
}

/** One cell as it is; more with the names of their columns where whole columns are taken. */
function copied(columns: readonly GridColumn[], block: Block, sourceRow: (row: number) => number): string {
  const rows = Array.from({ length: block.bottom - block.top + 1 }, (_, at) => sourceRow(block.top + at));
  const taken = columns.slice(block.left, block.right + 1);
  const text = separatedText(taken, rows, "\t");
  return rows.length > 1 && taken.length > 1 ? withHead(taken, text, "\t") : text;
}
