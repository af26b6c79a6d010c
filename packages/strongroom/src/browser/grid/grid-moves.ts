/** A cell of the grid: row −1 is the head. */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that are in sight at once. */
  readonly page: number;
}

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** Where a key leads from a cell, or nothing when it leads nowhere. */
export function moved(
  { row, column }: Spot,
  { key, ctrlKey, metaKey }: Key,
  size: GridSize,
): Spot | undefined {
  const far = ctrlKey || metaKey;
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  const to = (nextRow: number, nextColumn: number): Spot => ({
    row: Math.max(-1, Math.min(nextRow, lastRow)),
    column: Math.max(0, Math.min(nextColumn, lastColumn)),
  });
  switch (key) {
    case "ArrowUp":
      return to(far ? (row > 0 ? 0 : -1) : row - 1, column);
    case "ArrowDown":
      return to(far ? lastRow : row + 1, column);
    case "ArrowLeft":
      return to(row, far ? 0 : column - 1);
    case "ArrowRight":
      return to(row, far ? lastColumn : column + 1);
    case "Home":
      return far ? to(0, 0) : to(row, 0);
    case "End":
      return far ? to(lastRow, lastColumn) : to(row, lastColumn);
    case "PageUp":
      return to(Math.max(0, row - size.page), column);
    case "PageDown":
      return to(row + size.page, column);
    default:
      return undefined;
  }
}

/** A rectangle of cells, both ends within. */
export interface Block {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The cells between two corners; the head is no part of it. */
export function blockOf(one: Spot, other: Spot): Block {
  return {
    top: Math.max(0, Math.min(one.row, other.row)),
    bottom: Math.max(one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column),
  };
}

export function isWithin({ top, bottom, left, right }: Block, row: number, column: number): boolean {
  return row >= top && row <= bottom && column >= left && column <= right;
}
