import { expect, test } from "vitest";
import type { CellType, Cell } from "../../elements/table-data.schema.ts";
import { gridColumn, type GridColumn } from "./grid-column.ts";
import { nextSorting, rowOrder } from "./grid-order.ts";

const column = (type: CellType, cells: readonly Cell[]): GridColumn =>
  gridColumn({ at: 0 }, { name: "c", type, cells });
const order = (
  columns: readonly GridColumn[],
  how: { sorting?: { column: number; descending: boolean }; search?: string },
): number[] => [
  ...(rowOrder(columns, columns[0]?.cells.length ?? 0, {
    sorting: how.sorting,
    search: how.search ?? "",
    locale: "en",
  }) ?? []),
];

test("a click sorts up, the next down, the third not at all", () => {
  const up = nextSorting(undefined, 2);
  expect(up).toEqual({ column: 2, descending: false });
  const down = nextSorting(up, 2);
  expect(down).toEqual({ column: 2, descending: true });
  expect(nextSorting(down, 2)).toBeUndefined();
  expect(nextSorting(down, 1)).toEqual({ column: 1, descending: false });
});

test("sorts stably, numbers as numbers and names as people do, what is missing last", () => {
  const numbers = column("number", [10, 9, null, 10, -1]);
  expect(order([numbers], { sorting: { column: 0, descending: false } })).toEqual([4, 1, 0, 3, 2]);
  expect(order([numbers], { sorting: { column: 0, descending: true } })).toEqual([0, 3, 1, 4, 2]);
  const names = column("text", ["item 10", "Item 9", "Äpfel", "apfel"]);
  expect(order([names], { sorting: { column: 0, descending: false } })).toEqual([3, 2, 1, 0]);
  const big = column("bigint", ["1152921504606846977", "1152921504606846976", "-3"]);
  expect(order([big], { sorting: { column: 0, descending: false } })).toEqual([2, 1, 0]);
});

test("finds what viewers read: text in any case, numbers with or without groups, dates in words", () => {
  const names = column("text", ["Canada goose", "Mallard", null]);
  const costs = column("number", [18_204, 7, 1_820_400]);
  const days = column("date", [Date.UTC(1998, 4, 3), Date.UTC(1999, 4, 3), null]);
  const all = [names, costs, days];
  expect(order(all, { search: " GOOSE " })).toEqual([0]);
  expect(order(all, { search: "18,204" })).toEqual([0, 2]);
  expect(order(all, { search: "May 3, 1999" })).toEqual([1]);
  expect(order(all, { search: "nothing" })).toEqual([]);
});

test("finds no digits that viewers do not see", () => {
  expect(order([column("number", [0.123_45, 1.5])], { search: "2345" })).toEqual([]);
  expect(order([column("date", [86_400_000])], { search: "864" })).toEqual([]);
});

test("is nothing where rows are shown as they came", () => {
  expect(
    rowOrder([column("number", [1])], 1, { sorting: undefined, search: "  ", locale: "en" }),
  ).toBeUndefined();
});
