import { useMemo, useRef, useState } from "react";
import type { GridColumn } from "./grid-column.ts";
import { contentWidth } from "./grid-widths.ts";

const least = 44;
const most = 2_000;

export interface ColumnWidths {
  /** px of each column. */
  readonly px: readonly number[];
  /** The width of the whole: fills its place until the viewer has changed a column. */
  readonly tableWidth: (extraPx: number) => string;
  /** Begins a drag of a column's edge; the column follows the pointer. */
  readonly drag: (column: number, event: React.PointerEvent<HTMLElement>) => void;
  readonly resizeBy: (column: number, px: number, table: HTMLElement) => void;
  /** As wide as its content. */
  readonly fit: (column: number) => void;
}

/** Widths by content, until the viewer draws them otherwise. */
export function useColumnWidths(columns: readonly GridColumn[], locale: string): ColumnWidths {
  const byContent = useMemo(
    () => columns.map((column) => column.width ?? contentWidth(column, locale)),
    [columns, locale],
  );
  const names = columns.map(({ label }) => label).join("\u0000");
  const [drawn, setDrawn] = useState<{ readonly names: string; readonly px: readonly number[] }>();
  const before = useRef<{ readonly x: number; readonly all: readonly number[] }>(undefined);
  // Other columns have other widths.
  const own = drawn?.names === names ? drawn.px : undefined;
  const px = own ?? byContent;
  const set = (all: readonly number[], column: number, width: number): void => {
    const bounded = Math.round(Math.max(least, Math.min(most, width)));
    setDrawn({ names, px: all.map((one, at) => (at === column ? bounded : one)) });
  };
  const resizeBy = (column: number, by: number, table: HTMLElement): void => {
    const all = own ?? measured(table);
    set(all, column, (all[column] ?? 0) + by);
  };
  const drag = (column: number, event: React.PointerEvent<HTMLElement>): void => {
    const table = event.currentTarget.closest("table");
    if (event.type === "pointerdown" && table !== null) {
      event.currentTarget.setPointerCapture(event.pointerId);
      before.current = { x: event.clientX, all: own ?? measured(table) };
    } else if (event.type === "pointermove" && before.current !== undefined) {
      const { x, all } = before.current;
      set(all, column, (all[column] ?? 0) + event.clientX - x);
    } else if (event.type !== "pointermove") {
      before.current = undefined;
    }
  };
  const fit = (column: number): void => set(px, column, byContent[column] ?? least);
  return { px, tableWidth: (extraPx) => tableWidth(px, extraPx, own !== undefined), drag, resizeBy, fit };
}

function tableWidth(px: readonly number[], extraPx: number, isDrawn: boolean): string {
  const sum = px.reduce((total, width) => total + width, extraPx);
  return isDrawn ? `${sum}px` : `max(100%, ${sum}px)`;
}

/** What the columns are now, after the table was stretched. */
function measured(table: HTMLElement): readonly number[] {
  return [...table.querySelectorAll<HTMLElement>("th[data-column]")].map(
    (head) => head.getBoundingClientRect().width,
  );
}
