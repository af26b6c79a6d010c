import { expect, test } from "vitest";
import {
  added,
  pivoted,
  sortedBy,
  sortedNaturally,
  thinned,
  type SeriesTable,
} from "./chart-series.server.ts";
import { tableOf } from "./table-data.server.ts";

function series(data: unknown): SeriesTable {
  const [x, ...values] = tableOf("lineChart", data).columns;
  if (x === undefined) throw new Error("a column was expected");
  return { x, values };
}
const plain = ({ x, values }: SeriesTable): unknown => ({
  x: x.values,
  ...Object.fromEntries(values.map((column) => [column.name, column.values])),
});

test("each value of a column becomes a series; what meets is added up", () => {
  const table = tableOf("barChart", [
    { month: "Jan", n: 1, by: "a" },
    { month: "Jan", n: 2, by: "a" },
    { month: "Feb", n: 4, by: "b" },
  ]);
  const [x, n, by] = table.columns;
  if (x === undefined || n === undefined || by === undefined) throw new Error("three columns were expected");
  expect(plain(pivoted("barChart", { x, values: [n] }, by))).toEqual({
    x: ["Jan", "Feb"],
    a: [3, null],
    b: [null, 4],
  });
});

test("adds up what stands at one place", () => {
  expect(
    plain(
      added(
        series([
          { x: "a", n: 1 },
          { x: "b", n: 2 },
          { x: "a", n: 4 },
        ]),
      ),
    ),
  ).toEqual({ x: ["a", "b"], n: [5, 2] });
});

test("sorts numbers and dates; names stay as the data give them", () => {
  expect(
    plain(
      sortedNaturally(
        series([
          { x: 2, n: 1 },
          { x: 1, n: 2 },
        ]),
      ),
    ),
  ).toEqual({ x: [1, 2], n: [2, 1] });
  expect(
    plain(
      sortedNaturally(
        series([
          { x: "b", n: 1 },
          { x: "a", n: 2 },
        ]),
      ),
    ),
  ).toEqual({ x: ["b", "a"], n: [1, 2] });
});

test("sorts by any cells, what is missing last", () => {
  const given = series([
    { x: "a", n: 1 },
    { x: "b", n: null },
    { x: "c", n: 3 },
  ]);
  expect(plain(sortedBy(given, given.values[0]?.values ?? [], true))).toEqual({
    x: ["c", "a", "b"],
    n: [3, 1, null],
  });
});

test("a long line is thinned without losing a peak", () => {
  const rows = Array.from({ length: 50_000 }, (_, x) => ({
    x,
    n: x === 31_337 ? 1_000 : Math.sin(x / 500),
    m: x === 777 ? -5 : 1,
  }));
  const thin = thinned(series(rows), 4_000);
  expect(thin.x.values.length).toBeLessThan(2_000);
  expect(thin.x.values[0]).toBe(0);
  expect(thin.x.values.at(-1)).toBe(49_999);
  expect(thin.values[0]?.values).toContain(1_000);
  expect(thin.values[1]?.values).toContain(-5);
});
