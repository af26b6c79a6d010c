import { labelsIn, shownText, type GridColumn } from "./grid-column.ts";

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
  const head = label.length * charPx + paddingPx + 14 + (help === undefined ? 0 : 20);
  if (as?.type === "spark" || as?.type === "image")
    return Math.round(Math.max(head, as.type === "spark" ? 132 : 72));
  let chars = 0;
  for (let row = 0; row < Math.min(sample, cells.length); row++) {
    chars = Math.max(chars, shownText(column, cells[row] ?? null, locale).length);
  }
  const extra = as?.type === "progress" ? 78 : labelPx(column);
  return Math.round(Math.min(most, Math.max(least, head, chars * charPx + paddingPx + extra)));
}

/** px round the labels of a cell. */
function labelPx({ as, cells }: GridColumn): number {
  if (as?.type === "badge") return 14;
  if (as?.type !== "chips" && as?.type !== "button") return 0;
  const labels = cells.slice(0, sample).map((cell) => labelsIn(cell).length);
  return Math.max(1, ...labels) * (as.type === "button" ? 20 : 12);
}
