import { shownText, type GridColumn } from "./grid-column.ts";

/** About how wide a character is, in px: the same guess on both sides, so that nothing moves. */
const charPx = 7.3;
const paddingPx = 34;
const least = 64;
const most = 340;
/** Rows that are looked at. */
const sample = 60;

/** px that a column needs for its name and its first cells. */
export function contentWidth(column: GridColumn, locale: string): number {
  const { label, cells, as, help } = column;
  let chars = 0;
  for (let row = 0; row < Math.min(sample, cells.length); row++) {
    chars = Math.max(chars, shownText(column, cells[row] ?? null, locale).length);
  }
  const extra = as?.type === "progress" ? 78 : as?.type === "badge" ? 14 : 0;
  const head = label.length * charPx + paddingPx + 14 + (help === undefined ? 0 : 20);
  return Math.round(Math.min(most, Math.max(least, head, chars * charPx + paddingPx + extra)));
}
