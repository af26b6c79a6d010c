import { expect, test } from "vitest";
import {
  chosenBlock,
  isNothing,
  nothingChosen,
  toggledCell,
  toggledColumn,
  toggledRow,
  toggledRows,
  type Chosen,
  type GridChoice,
} from "./grid-choice.ts";
import { gridColumn } from "./grid-column.ts";

const nothing: Chosen = { rows: [], columns: [], cells: [] };
const columns = ["a", "b", "c"].map((name, at) =>
  gridColumn({ at }, { name, type: "number", cells: [1, 2, 3] }),
);
const choice = (modes: GridChoice["modes"], chosen: Partial<Chosen> = {}): GridChoice => ({
  modes,
  chosen: { ...nothing, ...chosen },
  choose: () => undefined,
});

test("one row replaces another, several stand in the order of the data, a required one stays", () => {
  expect(toggledRow(choice({ rows: "single" }, { rows: [1] }), 2).rows).toEqual([2]);
  expect(toggledRow(choice({ rows: "single" }, { rows: [1] }), 1).rows).toEqual([]);
  expect(toggledRow(choice({ rows: "multi" }, { rows: [2] }), 0).rows).toEqual([0, 2]);
  expect(toggledRow(choice({ rows: "required" }, { rows: [1] }), 1).rows).toEqual([1]);
  expect(toggledRows(choice({ rows: "multi" }, { rows: [1] }), [0, 1, 2]).rows).toEqual([0, 1, 2]);
  expect(toggledRows(choice({ rows: "multi" }, { rows: [0, 1, 2] }), [0, 1, 2]).rows).toEqual([]);
});

test("columns and cells go by the names of columns and by the rows of the data", () => {
  expect(toggledColumn(choice({ columns: "single" }, { columns: ["a"] }), "b").columns).toEqual(["b"]);
  expect(toggledColumn(choice({ columns: "multi" }, { columns: ["a"] }), "b").columns).toEqual(["a", "b"]);
  const at = { columns, order: Uint32Array.of(2, 0, 1), adding: false };
  const cells = choice({ cells: "multi" }, { cells: [[0, "a"]] });
  expect(toggledCell(cells, { row: 0, column: 1 }, at).cells).toEqual([[2, "b"]]);
  expect(toggledCell(cells, { row: 0, column: 1 }, { ...at, adding: true }).cells).toEqual([
    [0, "a"],
    [2, "b"],
  ]);
  expect(toggledCell(cells, { row: 1, column: 0 }, at).cells).toEqual([]);
  expect(chosenBlock(cells, { top: 0, bottom: 1, left: 1, right: 2 }, at).cells).toEqual([
    [2, "b"],
    [2, "c"],
    [0, "b"],
    [0, "c"],
  ]);
});

test("letting go leaves a row that must be chosen", () => {
  const held = choice({ rows: "required", cells: "single" }, { rows: [1], cells: [[0, "a"]] });
  expect(nothingChosen(held)).toEqual({ rows: [1], columns: [], cells: [] });
  expect(isNothing(held)).toBe(false);
  expect(isNothing({ ...held, chosen: nothingChosen(held) })).toBe(true);
});
