import { choiceLimits, type Choosing } from "../../elements/dataframe/dataframe.schema.ts";
import type { GridColumn } from "./grid-column.ts";
import type { Block, Spot } from "./grid-moves.ts";

/** What is chosen in a grid: positions in the data, names of columns. */
export interface Chosen {
  readonly rows: readonly number[];
  readonly columns: readonly string[];
  readonly cells: readonly (readonly [row: number, column: string])[];
}

/** What the viewer may choose, and what is chosen. */
export interface GridChoice {
  readonly modes: Choosing;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
}

/** How the rows and columns of the data stand in the grid. */
export interface Standing {
  readonly columns: readonly GridColumn[];
  readonly order: Uint32Array | undefined;
}

/** A row is chosen, or no longer. */
export function toggledRow({ modes, chosen }: GridChoice, row: number): Chosen {
  const { rows } = chosen;
  const isChosen = rows.includes(row);
  if (modes.rows === "required") return { ...chosen, rows: [row] };
  if (modes.rows === "single") return { ...chosen, rows: isChosen ? [] : [row] };
  return {
    ...chosen,
    rows: isChosen ? rows.filter((one) => one !== row) : [...rows, row].sort((a, b) => a - b),
  };
}

/** All of these rows, or none where all of them are chosen. */
export function toggledRows({ chosen }: GridChoice, rows: readonly number[]): Chosen {
  return { ...chosen, rows: chosen.rows.length >= rows.length ? [] : rows };
}

export function toggledColumn({ modes, chosen }: GridChoice, name: string): Chosen {
  const { columns } = chosen;
  const isChosen = columns.includes(name);
  if (modes.columns === "single") return { ...chosen, columns: isChosen ? [] : [name] };
  return { ...chosen, columns: isChosen ? columns.filter((one) => one !== name) : [...columns, name] };
}

/** One cell; `adding` keeps those that are chosen already, where several may be. */
export function toggledCell(
  { modes, chosen }: GridChoice,
  spot: Spot,
  at: Standing & { readonly adding: boolean },
): Chosen {
  const cell = cellAt(spot, at);
  if (cell === undefined) return chosen;
  const others = chosen.cells.filter(([row, name]) => row !== cell[0] || name !== cell[1]);
  const isChosen = others.length < chosen.cells.length;
  if (modes.cells === "multi" && at.adding)
    return { ...chosen, cells: isChosen ? others : [...others, cell] };
  return { ...chosen, cells: isChosen && others.length === 0 ? [] : [cell] };
}

/** The cells of a block, as many as one choice holds. */
export function chosenBlock({ chosen }: GridChoice, block: Block, at: Standing): Chosen {
  const cells: (readonly [number, string])[] = [];
  for (let row = block.top; row <= block.bottom; row++) {
    for (let column = block.left; column <= block.right && cells.length < choiceLimits.cells; column++) {
      const cell = cellAt({ row, column }, at);
      if (cell !== undefined) cells.push(cell);
    }
  }
  return { ...chosen, cells };
}

function cellAt({ row, column }: Spot, { columns, order }: Standing): readonly [number, string] | undefined {
  const name = columns[column]?.name;
  return name === undefined || row < 0 ? undefined : [order?.[row] ?? row, name];
}

/** What is left when everything is let go. */
export function nothingChosen({ modes, chosen }: GridChoice): Chosen {
  return { rows: modes.rows === "required" ? chosen.rows : [], columns: [], cells: [] };
}

/** True where nothing can be let go. */
export function isNothing({ modes, chosen }: GridChoice): boolean {
  const rows = modes.rows === "required" ? 0 : chosen.rows.length;
  return rows + chosen.columns.length + chosen.cells.length === 0;
}
