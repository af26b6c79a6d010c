import { useState, type ClipboardEvent, type KeyboardEvent, type MouseEvent, type PointerEvent } from "react";
import type { GridColumn } from "./grid-column.ts";
import { blockOf, moved, type Block, type Spot } from "./grid-moves.ts";
import { separatedText, withHead } from "./grid-text.ts";
import type { RowChoice } from "./grid.tsx";

/** What the grid lets keys and pointer do. */
export interface GridActions {
  readonly id: string;
  readonly columns: readonly GridColumn[];
  readonly order: Uint32Array | undefined;
  /** Rows that are shown. */
  readonly shown: number;
  /** Rows that are in sight at once. */
  readonly page: number;
  readonly choice: RowChoice | undefined;
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
    readonly onClick: (event: MouseEvent<HTMLElement>) => void;
  };
}

/** The id of a cell: where the keyboard stands is told to screen readers by it. */
export function cellId(grid: string, { row, column }: Spot): string {
  return `${grid}r${row < 0 ? "h" : row}c${column}`;
}

/** What keys and pointer do in the grid: one stop for Tab, arrows within. */
export function useGridKeys(actions: GridActions): GridKeys {
  const [spots, set] = useState<Spots>();
  const active = spots === undefined ? undefined : within(spots.active, actions);
  const block =
    spots === undefined || active === undefined || active.row < 0 ? undefined : blockOf(active, spots.anchor);
  const state: State = { ...actions, active, anchor: spots?.anchor, set };
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
        event.clipboardData.setData("text/plain", copied(actions, block));
        event.preventDefault();
      },
      onPointerDown: (event) => pointedAt(event, state),
      onPointerMove: (event) => drawnOver(event, state),
      onClick: (event) => clicked(event, state, block),
    },
  };
}

/** A search may have taken the row where the keyboard stood. */
function within({ row, column }: Spot, { shown, columns }: GridActions): Spot {
  return { row: Math.min(row, shown - 1), column: Math.min(column, columns.length - 1) };
}

/** Answers whether the key meant something here. */
function pressed(event: KeyboardEvent<HTMLElement>, state: State): boolean {
  const { key, shiftKey, altKey, currentTarget } = event;
  const { active: at = { row: 0, column: 0 }, columns, shown, page } = state;
  const withCommand = event.ctrlKey || event.metaKey;
  if (withCommand && key === "f") return state.search();
  if (withCommand && key === "a") {
    state.set({ anchor: { row: 0, column: 0 }, active: { row: shown - 1, column: columns.length - 1 } });
    return true;
  }
  if (altKey) return resized(at, key, currentTarget, state);
  if (key === "Enter" || key === " ") return acted(at, key, currentTarget, state);
  const to = moved(at, event, { rows: shown, columns: columns.length, page });
  if (to === undefined) return false;
  state.set({ active: to, anchor: shiftKey ? (state.anchor ?? to) : to });
  state.showRow(to.row);
  return true;
}

function resized(at: Spot, key: string, table: HTMLElement, { resizeBy }: State): boolean {
  if (at.row >= 0 || (key !== "ArrowLeft" && key !== "ArrowRight")) return false;
  resizeBy(at.column, key === "ArrowLeft" ? -16 : 16, table);
  return true;
}

/** Enter sorts by a head, follows a link, chooses a row; the space bar does all but follow. */
function acted(at: Spot, key: string, table: HTMLElement, state: State): boolean {
  if (at.row < 0) {
    state.sortBy(at.column);
    return true;
  }
  const link =
    key === "Enter" ? table.querySelector<HTMLElement>(`[data-spot="${at.row},${at.column}"] a`) : null;
  if (link !== null) link.click();
  else toggle(at.row, state);
  return link !== null || state.choice !== undefined;
}

function toggle(row: number, { choice, order }: State): void {
  if (choice === undefined) return;
  const source = order?.[row] ?? row;
  if (choice.rows.includes(source)) choice.choose(choice.rows.filter((one) => one !== source));
  else
    choice.choose(choice.mode === "single-row" ? [source] : [...choice.rows, source].sort((a, b) => a - b));
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

function clicked(event: MouseEvent<HTMLElement>, state: State, block: Block | undefined): void {
  const spot = spotOf(event.target);
  const isElsewhere =
    event.target instanceof Element && event.target.closest("a, button, [data-resize]") !== null;
  if (spot === undefined || isElsewhere) return;
  const isOneCell = block === undefined || (block.top === block.bottom && block.left === block.right);
  if (spot.row < 0) state.sortBy(spot.column);
  else if (!event.shiftKey && isOneCell) toggle(spot.row, state);
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
