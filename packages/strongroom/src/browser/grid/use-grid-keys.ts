import { useState, type ClipboardEvent, type KeyboardEvent, type MouseEvent, type PointerEvent } from "react";
import { usePage } from "../page-context.ts";
import {
  chosenBlock,
  isNothing,
  nothingChosen,
  toggledCell,
  toggledColumn,
  toggledRow,
  type GridChoice,
} from "./grid-choice.ts";
import type { GridColumn } from "./grid-column.ts";
import { blockOf, moved, type Block, type Spot } from "./grid-moves.ts";
import { separatedText, withHead } from "./grid-text.ts";

/** What the grid lets keys and pointer do. */
export interface GridActions {
  readonly id: string;
  readonly columns: readonly GridColumn[];
  readonly order: Uint32Array | undefined;
  /** Rows that are shown. */
  readonly shown: number;
  /** Rows that are in sight at once. */
  readonly page: number;
  readonly choice: GridChoice | undefined;
  readonly showRow: (row: number) => void;
  readonly sortBy: (column: number) => void;
  readonly resizeBy: (column: number, px: number, table: HTMLElement) => void;
  /** Answers false where there is nothing to search. */
  readonly search: () => boolean;
}

/** Where the keyboard stands, and from where a block of cells was drawn up. */
interface Spots {
  readonly active: Spot;
  readonly anchor: Spot;
}

interface State extends GridActions {
  readonly active: Spot | undefined;
  readonly anchor: Spot | undefined;
  readonly block: Block | undefined;
  readonly set: (spots: Spots) => void;
}

export interface GridKeys {
  readonly active: Spot | undefined;
  /** The cells that a copy takes. */
  readonly block: Block | undefined;
  readonly handlers: {
    readonly tabIndex: number;
    readonly "aria-activedescendant": string | undefined;
    readonly onFocus: () => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
    readonly onCopy: (event: ClipboardEvent) => void;
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
    readonly onClick: (event: MouseEvent<HTMLElement>) => void;
  };
}

/** The id of a cell: where the keyboard stands is told to screen readers by it. */
export function cellId(grid: string, { row, column }: Spot): string {
  return `${grid}r${row < 0 ? "h" : row}c${column}`;
}

/** What keys and pointer do in the grid: one stop for Tab, arrows within. */
export function useGridKeys(actions: GridActions): GridKeys {
  const { shell } = usePage();
  const [spots, set] = useState<Spots>();
  const active = spots === undefined ? undefined : within(spots.active, actions);
  const block =
    spots === undefined || active === undefined || active.row < 0 ? undefined : blockOf(active, spots.anchor);
  const state: State = { ...actions, active, block, anchor: spots?.anchor, set };
  return {
    active,
    block,
    handlers: {
      tabIndex: 0,
      "aria-activedescendant": active === undefined ? undefined : cellId(actions.id, active),
      onFocus: () => {
        const first = { row: actions.shown === 0 ? -1 : 0, column: 0 };
        if (spots === undefined) set({ active: first, anchor: first });
      },
      onKeyDown: (event) => {
        if (event.target === event.currentTarget && pressed(event, state)) event.preventDefault();
      },
      onCopy: (event) => {
        if (block === undefined || !(event.target instanceof HTMLTableElement)) return;
        if (shell.shows.dataExport) event.clipboardData.setData("text/plain", copied(actions, block));
        event.preventDefault();
      },
      onPointerDown: (event) => pointedAt(event, state),
      onPointerMove: (event) => drawnOver(event, state),
      onPointerUp: (event) => drawnUp(event, state),
      onClick: (event) => clicked(event, state),
    },
  };
}

/** A search may have taken the row where the keyboard stood. */
function within({ row, column }: Spot, { shown, columns }: GridActions): Spot {
  return { row: Math.min(row, shown - 1), column: Math.min(column, columns.length - 1) };
}

/** Answers whether the key meant something here. */
function pressed(event: KeyboardEvent<HTMLElement>, state: State): boolean {
  const { key, shiftKey, altKey } = event;
  const { active: at = { row: 0, column: 0 }, columns, shown, page } = state;
  const withCommand = event.ctrlKey || event.metaKey;
  if (withCommand && key === "f") return state.search();
  if (withCommand && key === "a") {
    state.set({ anchor: { row: 0, column: 0 }, active: { row: shown - 1, column: columns.length - 1 } });
    return true;
  }
  if (altKey) return resized(at, event, state);
  if (key === "Enter" || key === " ") return acted(at, event, state);
  if (key === "Escape") return letGo(state);
  const to = moved(at, event, { rows: shown, columns: columns.length, page });
  if (to === undefined) return false;
  state.set({ active: to, anchor: shiftKey ? (state.anchor ?? to) : to });
  state.showRow(to.row);
  return true;
}

function resized(at: Spot, event: KeyboardEvent<HTMLElement>, { resizeBy }: State): boolean {
  const { key, currentTarget } = event;
  if (at.row >= 0 || (key !== "ArrowLeft" && key !== "ArrowRight")) return false;
  resizeBy(at.column, key === "ArrowLeft" ? -16 : 16, currentTarget);
  return true;
}

/** Enter sorts by a head, follows a link, comes to a button, chooses; the space bar chooses alone. */
function acted(
  at: Spot,
  { key, shiftKey, currentTarget }: KeyboardEvent<HTMLElement>,
  state: State,
): boolean {
  if (at.row < 0) {
    headActed(at.column, state);
    return true;
  }
  const inside =
    key === "Enter"
      ? currentTarget.querySelector<HTMLElement>(
          `[data-spot="${at.row},${at.column}"] :is(a, button:enabled)`,
        )
      : null;
  if (inside instanceof HTMLButtonElement) inside.focus();
  else if (inside !== null) inside.click();
  else chooseAt(at, state, { isRow: shiftKey, adding: false });
  return inside !== null || state.choice !== undefined;
}

/** Where columns can be chosen a head chooses, else it sorts. */
function headActed(column: number, { choice, columns, sortBy }: State): void {
  const name = columns[column]?.name;
  if (choice?.modes.columns === undefined || name === undefined) sortBy(column);
  else choice.choose(toggledColumn(choice, name));
}

/** Lets everything go that is chosen; answers whether there was anything. */
function letGo({ choice }: State): boolean {
  if (choice === undefined || isNothing(choice)) return false;
  choice.choose(nothingChosen(choice));
  return true;
}

/** Chooses the cell where cells can be chosen, else its row. */
function chooseAt(
  spot: Spot,
  state: State,
  { isRow, adding }: { readonly isRow: boolean; readonly adding: boolean },
): void {
  const { choice, order, block } = state;
  if (choice === undefined) return;
  const { rows, cells } = choice.modes;
  if (cells === undefined || (isRow && rows !== undefined)) {
    if (rows !== undefined) choice.choose(toggledRow(choice, order?.[spot.row] ?? spot.row));
  } else if (cells === "multi" && isMany(block)) choice.choose(chosenBlock(choice, block, state));
  else choice.choose(toggledCell(choice, spot, { ...state, adding }));
}

function isMany(block: Block | undefined): block is Block {
  return block !== undefined && (block.top !== block.bottom || block.left !== block.right);
}

function pointedAt(event: PointerEvent<HTMLElement>, { anchor, set }: State): void {
  const spot = spotOf(event.target);
  if (spot !== undefined && event.button === 0)
    set({ active: spot, anchor: event.shiftKey ? (anchor ?? spot) : spot });
}

/** A mouse that is held draws a block of cells; a finger scrolls. */
function drawnOver(event: PointerEvent<HTMLElement>, { active, anchor, set }: State): void {
  if (event.buttons !== 1 || event.pointerType !== "mouse" || anchor === undefined || anchor.row < 0) return;
  const spot = spotOf(event.target);
  if (spot === undefined || spot.row < 0 || (spot.row === active?.row && spot.column === active.column))
    return;
  set({ active: spot, anchor });
}

/** A block that was drawn up is chosen, where several cells may be. */
function drawnUp(event: PointerEvent<HTMLElement>, { choice, block, ...state }: State): void {
  if (choice?.modes.cells === "multi" && event.pointerType === "mouse" && isMany(block))
    choice.choose(chosenBlock(choice, block, state));
}

function clicked(event: MouseEvent<HTMLElement>, state: State): void {
  const { target } = event;
  if (!(target instanceof Element) || target.closest("a, button, [data-resize]") !== null) return;
  const row = target.closest<HTMLElement>("[data-choose]")?.dataset["choose"];
  const spot = row === undefined ? spotOf(target) : { row: Number(row), column: 0 };
  if (spot === undefined) return;
  if (spot.row < 0) headActed(spot.column, state);
  else if (row !== undefined || (!event.shiftKey && !isMany(state.block)))
    chooseAt(spot, state, { isRow: row !== undefined, adding: event.ctrlKey || event.metaKey });
}

function spotOf(target: EventTarget): Spot | undefined {
  if (!(target instanceof Element)) return undefined;
  const named = target.closest<HTMLElement>("[data-spot]")?.dataset["spot"];
  const [row, column] = (named ?? "").split(",").map(Number);
  return row === undefined || column === undefined ? undefined : { row, column };
}

/** A block of cells with the names of its columns; a single row or column as it is. */
function copied({ columns, order }: GridActions, block: Block): string {
  const rows = Array.from(
    { length: block.bottom - block.top + 1 },
    (_, at) => order?.[block.top + at] ?? block.top + at,
  );
  const taken = columns.slice(block.left, block.right + 1);
  const text = separatedText(taken, rows, "\t");
  return rows.length > 1 && taken.length > 1 ? withHead(taken, text, "\t") : text;
}
